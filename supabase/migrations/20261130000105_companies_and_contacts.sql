-- Companies, and the people who work there.

-- Customers, prospects, and the brands and manufacturers whose products are sold to them.
create table public.companies (
  like private.record including all,
  name text,
  segment text,
  priority text,
  phone text,
  website text,
  linkedin_url text,
  street text,
  city text,
  region text,
  postal_code text,
  country text,
  description text,
  owner_id uuid references public.members,
  tags text[] not null default '{}',
  import_batch_id uuid,
  merged_into uuid references public.companies,
  -- When somebody made the record, by the server's clock. A record that was made offline arrives later, at
  -- `created_at`.
  made_at timestamptz(3),

  -- A company has a name, unless it is deleted: a blanked tombstone has nothing.
  constraint companies_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- Only a deleted record can be merged into another one.
  constraint companies_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- A priority is a letter, and A is the most important.
  constraint companies_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- The app opens these addresses, so they may only be web addresses. The characters are listed, because the locale
  -- of the database decides which other characters count as spaces.
  constraint companies_website_http check (website ~* '^https?://[^ \t\n\v\f\r]+$'),
  constraint companies_linkedin_url_http check (linkedin_url ~* '^https?://[^ \t\n\v\f\r]+$'),
  -- Tags are shown and searched, so they are short and not empty.
  constraint companies_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- Every text has a limit, so that lists can show it. Each has its own constraint, so that a refusal names the
  -- field.
  constraint companies_name_length check (length(name) <= 300),
  constraint companies_segment_length check (length(segment) <= 300),
  constraint companies_phone_length check (length(phone) <= 300),
  constraint companies_website_length check (length(website) <= 300),
  constraint companies_linkedin_url_length check (length(linkedin_url) <= 300),
  constraint companies_street_length check (length(street) <= 300),
  constraint companies_city_length check (length(city) <= 300),
  constraint companies_region_length check (length(region) <= 300),
  constraint companies_postal_code_length check (length(postal_code) <= 300),
  constraint companies_country_length check (length(country) <= 300),
  constraint companies_description_length check (length(description) <= 20000)
);
select private.make_synced('public.companies');

-- Each foreign key has an index, so that a merge finds what refers to a record.
create index companies_owner_id_idx on public.companies (owner_id) where owner_id is not null;
create index companies_merged_into_idx on public.companies (merged_into) where merged_into is not null;

-- Notes when a company was made.
create trigger note_made_at before insert on public.companies
  for each row execute function private.note_made_at();

-- Checks every new owner, because a policy cannot compare the old row with the new one. Blanking a tombstone removes
-- its owner and is allowed.
create trigger guard_owner before update of owner_id on public.companies for each row
  when (new.owner_id is distinct from old.owner_id and new.blanked_at is null)
  execute function private.guard_owner();

-- People, mostly at companies. The notes say when somebody was last contacted.
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
  -- When somebody made the record, by the server's clock. A record that was made offline arrives later, at
  -- `created_at`.
  made_at timestamptz(3),

  -- A contact has a first or a last name, unless it is deleted: a blanked tombstone has nothing.
  constraint contacts_first_name_required
    check (deleted_at is not null or coalesce(btrim(first_name), '') <> '' or coalesce(btrim(last_name), '') <> ''),
  -- Only a deleted record can be merged into another one.
  constraint contacts_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- Addresses and numbers are sets of {value, label}. A value occurs once, because nothing could tell two apart.
  constraint contacts_emails_labelled_set check (emails = '[]' or private.is_labelled_set(emails)),
  constraint contacts_phones_labelled_set check (phones = '[]' or private.is_labelled_set(phones)),
  -- The app opens this address, so it may only be a web address.
  constraint contacts_linkedin_url_http check (linkedin_url ~* '^https?://[^ \t\n\v\f\r]+$'),
  -- Tags are shown and searched, so they are short and not empty.
  constraint contacts_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- Every text has a limit, so that lists can show it. Each has its own constraint, so that a refusal names the
  -- field.
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

-- Each foreign key has an index, so that a merge finds what refers to a record.
create index contacts_company_id_idx on public.contacts (company_id) where company_id is not null;
create index contacts_owner_id_idx on public.contacts (owner_id) where owner_id is not null;
create index contacts_merged_into_idx on public.contacts (merged_into) where merged_into is not null;

-- Notes when a contact was made.
create trigger note_made_at before insert on public.contacts
  for each row execute function private.note_made_at();

-- Checks every new owner, because a policy cannot compare the old row with the new one. Blanking a tombstone removes
-- its owner and is allowed.
create trigger guard_owner before update of owner_id on public.contacts for each row
  when (new.owner_id is distinct from old.owner_id and new.blanked_at is null)
  execute function private.guard_owner();
