-- People, mostly at companies. When somebody was last contacted follows from the notes.
create table public.contacts (
  like private.record including all,
  first_name text,
  last_name text,
  title text,
  department text,
  company_id uuid references public.companies,
  emails jsonb not null default '[]',
  phones jsonb not null default '[]',
  linkedin_url text,
  street text,
  city text,
  region text,
  postal_code text,
  country text,
  background text,
  owner_id uuid references public.members,
  tags text[] not null default '{}',
  import_batch_id uuid,
  merged_into uuid references public.contacts,

  -- A first or a last name, either will do.
  constraint contacts_first_name_required
    check (deleted_at is not null or coalesce(btrim(first_name), '') <> '' or coalesce(btrim(last_name), '') <> ''),
  -- Only what is deleted can have gone into another record.
  constraint contacts_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- Sets of {value, label}; the same address twice would leave nothing to tell the two apart by.
  constraint contacts_emails_labelled_set check (emails = '[]' or private.is_labelled_set(emails)),
  constraint contacts_phones_labelled_set check (phones = '[]' or private.is_labelled_set(phones)),
  -- An address that can be opened without harm.
  constraint contacts_linkedin_url_http check (linkedin_url ~* '^https?://[^[:space:]]+$'),
  -- Tags that can be shown and searched: short, not empty.
  constraint contacts_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- One constraint a field, so that a refusal can name the field.
  constraint contacts_first_name_length check (length(first_name) <= 300),
  constraint contacts_last_name_length check (length(last_name) <= 300),
  constraint contacts_title_length check (length(title) <= 300),
  constraint contacts_department_length check (length(department) <= 300),
  constraint contacts_linkedin_url_length check (length(linkedin_url) <= 300),
  constraint contacts_street_length check (length(street) <= 300),
  constraint contacts_city_length check (length(city) <= 300),
  constraint contacts_region_length check (length(region) <= 300),
  constraint contacts_postal_code_length check (length(postal_code) <= 300),
  constraint contacts_country_length check (length(country) <= 300),
  constraint contacts_background_length check (length(background) <= 20000)
);
select private.make_synced('public.contacts');
create index contacts_company_id_idx on public.contacts (company_id) where company_id is not null;
create index contacts_owner_id_idx on public.contacts (owner_id) where owner_id is not null;
create index contacts_merged_into_idx on public.contacts (merged_into) where merged_into is not null;
