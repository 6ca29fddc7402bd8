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

  -- A company has a name for as long as it lives.
  constraint companies_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- Only what is deleted can have gone into another record.
  constraint companies_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- A is the most important.
  constraint companies_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- Addresses that can be opened without harm.
  constraint companies_website_http check (website ~* '^https?://[^[:space:]]+$'),
  constraint companies_linkedin_url_http check (linkedin_url ~* '^https?://[^[:space:]]+$'),
  -- Tags that can be shown and searched: short, not empty.
  constraint companies_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- One constraint a field, so that a refusal can name the field.
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
create index companies_owner_id_idx on public.companies (owner_id) where owner_id is not null;
create index companies_merged_into_idx on public.companies (merged_into) where merged_into is not null;
