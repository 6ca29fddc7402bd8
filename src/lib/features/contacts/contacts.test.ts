import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { all, one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { emptyFilter } from '$lib/shared/lists/list-filter';
import { addNote } from '$lib/shared/notes/mutations';
import { arrangeContacts } from './arrange';
import { contactDraft, type ContactDraft } from './draft';
import { remove, restore } from '$lib/shared/records/deleted';
import { saveContact } from './mutations';
import { filterContacts } from './filter';
import { contactList, contactRecord, firstContacts, lastContacted } from '$lib/shared/pickers/contacts';

let now = new Date('2026-11-22T09:00:00.000Z');
let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => now });
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const save = (values: Partial<ContactDraft>) => saveContact({ ...contactDraft(), ...values });
const outbox = () => store.db.outbox.toArray();

test('a new company is stored with its contact or not at all', async () => {
  const id = await save({ last_name: 'Duval', company: { id: null, text: ' Chez Inès ' } });
  const [company] = await all('companies');
  expect(company).toMatchObject({ name: 'Chez Inès', owner_id: store.userId });
  expect((await one('contacts', id))?.company_id).toBe(company?.id);
  const [made, referring] = await outbox();
  expect(made?.entity).toBe('companies');
  expect(made?.group_id).toBeTruthy();
  expect(referring?.group_id).toBe(made?.group_id);
});

test('a company that exists is not made again under another spelling', async () => {
  await save({ last_name: 'Duval', company: { id: null, text: 'Chez Inès' } });
  await save({ last_name: 'Roy', company: { id: null, text: ' CHEZ\u00a0INÈS ' } });
  expect(await all('companies')).toHaveLength(1);
  await save({ last_name: 'Blanc', company: { id: null, text: 'Chez Ines' } });
  expect((await all('companies')).map(({ name }) => name).sort()).toEqual(['Chez Ines', 'Chez Inès']);
});

test('a save sends only what was changed, with the values that were seen', async () => {
  const id = await save({ first_name: 'Inès', last_name: 'Duval', title: 'Chef' });
  const seen = await one('contacts', id);
  const draft = contactDraft(seen);
  await saveContact({ ...draft, last_name: 'Roy' }, { draft, seen });
  expect((await outbox()).at(-1)).toMatchObject({
    op: 'update',
    base: { last_name: 'Duval' },
    patch: { last_name: 'Roy' },
  });
});

test('a save that changes nothing sends nothing', async () => {
  const id = await save({ last_name: 'Duval' });
  const seen = await one('contacts', id);
  const draft = contactDraft(seen);
  await saveContact(draft, { draft, seen });
  expect(await outbox()).toHaveLength(1);
});

test('refuses a text that is too long, and stores no company either', async () => {
  const refused = save({
    last_name: 'Duval',
    background: 'x'.repeat(30_000),
    company: { id: null, text: 'Chez Inès' },
  });
  await expect(refused).rejects.toMatchObject({ code: 'too_long' });
  expect(await all('companies')).toEqual([]);
  expect(await outbox()).toEqual([]);
});

test('a deleted contact leaves the list, keeps its page and can be restored', async () => {
  const id = await save({ last_name: 'Duval' });
  await remove('contacts', id);
  expect(await contactList()).toEqual([]);
  expect((await contactRecord(id))?.contact).toMatchObject({
    deleted_at: now.toISOString(),
    updated_by: store.userId,
  });
  await restore('contacts', id);
  expect(await contactList()).toHaveLength(1);
});

test('an unknown id has no record', async () => {
  expect(await contactRecord(crypto.randomUUID())).toBeUndefined();
});

test('sorts by last name, or by first name without a last one', async () => {
  await save({ first_name: 'Zoë', last_name: 'Ångström' });
  await save({ first_name: 'Bao' });
  await save({ first_name: 'Ana', last_name: 'Silva' });
  expect((await contactList()).map(({ name }) => name)).toEqual(['Zoë Ångström', 'Bao', 'Ana Silva']);
});

test('the first screen is the beginning of the list, whatever the names', async () => {
  const names = [
    'Öz',
    'ode',
    'Nowak',
    '42',
    '',
    'ode',
    'µ',
    'Ω',
    'ode',
    'ﬁnch',
    'Zu',
    '𠮷田',
    'ﾊ',
    '9 lives',
  ];
  const company = { id: null, text: 'Chez Inès' };
  for (const last_name of names) await save({ first_name: 'Ana', last_name, company });
  const gone = await save({ last_name: 'Abel' });
  await remove('contacts', gone);
  const list = await contactList();
  expect(list).toHaveLength(names.length);
  for (const count of [1, 6, names.length]) expect(await firstContacts(count)).toEqual(list.slice(0, count));
  expect(await firstContacts(100)).toEqual(list);
  // A save puts the contact into its place in both.
  await saveContact(
    { ...contactDraft(list[0]?.contact), last_name: 'Zz' },
    { draft: contactDraft(list[0]?.contact), seen: list[0]?.contact },
  );
  expect(await firstContacts(100)).toEqual(await contactList());
});

test('the newest note says when a contact was last contacted', async () => {
  const id = await save({ last_name: 'Duval' });
  await addNote({ contact_id: id }, { kind: 'call', body: 'First' });
  const first = now;
  now = new Date(first.getTime() + 60_000);
  await addNote({ contact_id: id }, { kind: 'note', body: 'Second' });
  expect([...(await lastContacted())]).toEqual([[id, now.toISOString()]]);
  const other = await save({ last_name: 'Roy' });
  await addNote({ contact_id: other }, { kind: 'call', body: 'Third' });
  expect([...(await lastContacted([id]))]).toEqual([[id, now.toISOString()]]);
});

test('all parts of a filter apply: owner, tag, text and company', async () => {
  await save({ last_name: 'Duval', owner_id: store.userId, tags: 'vip, wine' });
  await save({ last_name: 'Roy', owner_id: store.userId, company: { id: null, text: 'Café Zentral' } });
  await save({ last_name: 'Silva', tags: 'vip', phones: [{ value: '+41 44 668', label: 'work' }] });
  const items = await contactList();
  const found = (filter: Parameters<typeof filterContacts>[1]) =>
    filterContacts(items, filter).map(({ name }) => name);
  expect(found({ text: '', owner: store.userId })).toEqual(['Duval', 'Roy']);
  expect(found({ text: '', tag: 'vip' })).toEqual(['Duval', 'Silva']);
  expect(found({ text: '', owner: store.userId, tag: 'vip' })).toEqual(['Duval']);
  expect(found({ text: 'cafe zentral' })).toEqual(['Roy']);
  expect(found({ text: '044 668', tag: 'vip' })).toEqual(['Silva']);
});

test('a contact is quiet after 30 days without notes, not without any notes', async () => {
  for (const last_name of ['Never', 'Lately', 'Long ago']) await save({ last_name });
  const items = await contactList();
  const day = (date: string) => new Date(`2026-${date}T12:00:00Z`).toISOString();
  const said = new Map(items.map(({ id, name }) => [name, id]));
  const last = new Map([
    [said.get('Lately') ?? '', day('11-01')],
    [said.get('Long ago') ?? '', day('10-20')],
  ]);
  const quiet = arrangeContacts(items, { ...emptyFilter, preset: 'quiet' }, last, now);
  expect(quiet.map(({ name }) => name)).toEqual(['Long ago']);
});
