/**
 * The changes of the next release: a column `greeting` on contacts with its field in the form, and the synced entity
 * `price_lists` with a page.
 */

interface Replacement {
  file: string;
  find: string;
  replace: string;
}

export const replacements: Replacement[] = [
  // 0.1.0 becomes 10.1.0.
  { file: 'package.json', find: '"version": "', replace: '"version": "1' },
  {
    file: 'src/lib/entities/contact.ts',
    find: '  department: text,\n',
    replace: '  department: text,\n  greeting: text,\n',
  },
  {
    file: 'src/lib/features/contacts/facts.ts',
    find: "    textFact('Owner',",
    replace: "    textFact('Greeting', contact.greeting),\n    textFact('Owner',",
  },
  {
    file: 'src/lib/features/contacts/draft.ts',
    find: "  'title',\n",
    replace: "  'title',\n  'greeting',\n",
  },
  {
    file: 'src/lib/features/contacts/ContactForm.svelte',
    find: '  <TextField label="Title" ',
    replace: '  <TextField label="Greeting" bind:value={draft.greeting} />\n  <TextField label="Title" ',
  },
  {
    file: 'src/lib/entities/registry.ts',
    find: "import { savedView } from './saved-view';\n",
    replace: "import { priceList } from './price-list';\nimport { savedView } from './saved-view';\n",
  },
  {
    file: 'src/lib/entities/registry.ts',
    find: '  saved_views: {\n',
    replace:
      "  price_lists: { schema: priceList, rules: {}, indexes: '', defaults: {}, required: ['name'] },\n  saved_views: {\n",
  },
  {
    file: 'src/lib/shared/records/record-name.ts',
    find: "  saved_views: 'saved view',\n",
    replace: "  price_lists: 'price list',\n  saved_views: 'saved view',\n",
  },
  {
    file: 'src/lib/store/database.ts',
    find: '    this.#known = this.verno;\n',
    replace: "    this.version(3).stores({ price_lists: 'id' });\n    this.#known = this.verno;\n",
  },
];

export const newFiles: Record<string, string> = {
  'src/lib/entities/price-list.ts': `
import * as z from 'zod/mini';
import { requiredText, synced } from './fields';

export const priceList = z.object({ ...synced, name: requiredText });
`,
  'src/routes/(app)/price-lists/+page.svelte': `
<script lang="ts">
  import { live } from '$lib/store/live.svelte';
  import { all } from '$lib/store/read';
  import Page from '$lib/ui/Page.svelte';

  const lists = live(() => undefined, () => all('price_lists'), []);
</script>

<svelte:head><title>Price lists</title></svelte:head>
<Page title="Price lists">
  <ul aria-label="Price lists">
    {#each lists.current as { id, name } (id)}<li>{name}</li>{/each}
  </ul>
</Page>
`,
};

/** The migration of the same release. Most greetings are a default: no row is written, so no delta contains them. */
export const migration = `
alter table public.contacts
  add column greeting text default 'Dear',
  add constraint contacts_greeting_length check (length(greeting) <= 300);

create table public.price_lists (
  like private.record including all,
  name text,
  constraint price_lists_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  constraint price_lists_name_length check (length(name) <= 300)
);
select private.make_synced('public.price_lists');

grant select, insert, update on public.price_lists to authenticated;
create policy members_read on public.price_lists for select to authenticated
  using ((select private.my_role()) is not null);
create policy writers_insert on public.price_lists for insert to authenticated
  with check ((select private.is_writer()));
create policy writers_update on public.price_lists for update to authenticated
  using ((select private.is_writer())) with check ((select private.is_writer()));

insert into private.entities (entity, pull_order) values ('price_lists', 750);
insert into private.fields (entity, field, json_types) values
  ('contacts', 'greeting', array['string']),
  ('price_lists', 'name', array['string']);

create trigger log_inserts after insert on public.price_lists referencing new table as new_rows
  for each statement execute function private.log_inserts();
create trigger log_updates after update on public.price_lists
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.log_updates();
create trigger log_deletes after delete on public.price_lists referencing old table as old_rows
  for each statement execute function private.log_deletes();

insert into public.price_lists (id, name) values
  (gen_random_uuid(), 'Winter prices'), (gen_random_uuid(), 'Harbor prices');
`;
