-- What may be sold: to a company, for a principal (the brand or manufacturer), with the people involved.
create table public.deals (
  like private.record including all,
  name text,
  company_id uuid references public.companies,
  principal_id uuid references public.companies,
  contact_ids uuid[] not null default '{}',
  stage text not null default 'new_lead',
  amount numeric(14, 2),
  currency text,
  expected_close_on date,
  priority text,
  next_action text,
  next_action_on date,
  source text,
  description text,
  owner_id uuid references public.members,
  tags text[] not null default '{}',
  -- A fractional index within the stage; equal positions go by id. Byte order, as on the device.
  position text collate "C",
  closed_at timestamptz(3),
  lost_reason text,
  archived_at timestamptz(3),
  merged_into uuid references public.deals,

  -- A deal has a name for as long as it lives.
  constraint deals_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- Only what is deleted can have gone into another record.
  constraint deals_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- The pipeline; any stage can move to any other.
  constraint deals_stage_known check (stage in (
    'new_lead', 'initial_outreach', 'sample_visit_offered', 'awaiting_response',
    'feedback_logged', 'demo_scheduled', 'closed_won', 'closed_lost'
  )),
  -- A number that can be added up.
  constraint deals_amount_number check (amount <> 'NaN'::numeric),
  -- ISO 4217.
  constraint deals_currency_code check (currency ~ '^[A-Z]{3}$'),
  -- A is the most important.
  constraint deals_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- People, and no gaps among them.
  constraint deals_contact_ids_list check (array_position(contact_ids, null) is null),
  -- Tags that can be shown and searched: short, not empty.
  constraint deals_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- Dates and times that every device can read.
  constraint deals_expected_close_on_plain check (expected_close_on between '0001-01-01' and '9999-12-31'),
  constraint deals_next_action_on_plain check (next_action_on between '0001-01-01' and '9999-12-31'),
  constraint deals_closed_at_plain check (closed_at between '0001-01-02Z' and '9999-12-30Z'),
  constraint deals_archived_at_plain check (archived_at between '0001-01-02Z' and '9999-12-30Z'),
  -- One constraint a field, so that a refusal can name the field.
  constraint deals_name_length check (length(name) <= 300),
  constraint deals_next_action_length check (length(next_action) <= 300),
  constraint deals_source_length check (length(source) <= 300),
  constraint deals_position_length check (length(position) <= 300),
  constraint deals_lost_reason_length check (length(lost_reason) <= 300),
  constraint deals_description_length check (length(description) <= 20000)
);
select private.make_synced('public.deals');
create index deals_company_id_idx on public.deals (company_id) where company_id is not null;
create index deals_principal_id_idx on public.deals (principal_id) where principal_id is not null;
create index deals_contact_ids_idx on public.deals using gin (contact_ids);
create index deals_owner_id_idx on public.deals (owner_id) where owner_id is not null;
create index deals_merged_into_idx on public.deals (merged_into) where merged_into is not null;

-- The foreign key that an array cannot have: people on a deal are known contacts.
create function private.check_deal_contacts() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.contact_ids <@ old.contact_ids then
    return new;
  end if;
  if (select count(*) from public.contacts c where c.id = any(new.contact_ids))
    < (select count(distinct x) from unnest(new.contact_ids) x)
  then
    raise exception 'a contact of this deal is unknown'
      using errcode = 'foreign_key_violation', column = 'contact_ids';
  end if;
  return new;
end $$;
create trigger check_deal_contacts before insert or update of contact_ids on public.deals
  for each row when (new.contact_ids <> '{}') execute function private.check_deal_contacts();
