-- Deals, and what the server itself keeps true about them: known contacts, the history of stages, the closing date.

-- A deal is a possible sale to a company, for a principal (the brand or manufacturer), with the people involved.
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
  -- A fractional index in the stage. Deals with equal positions go by id. The order is that of bytes, as on the
  -- device.
  position text collate "C",
  closed_at timestamptz(3),
  lost_reason text,
  archived_at timestamptz(3),
  merged_into uuid references public.deals,
  -- The changes of stage as [{at, by, from, to}], the oldest first. They are part of the deal, so that they sync with
  -- it, outlive the activity log, and are true however a conflict about the stage ended.
  stage_changes jsonb not null default '[]',
  import_batch_id uuid,
  -- When somebody made the record, by the server's clock. A record that was made offline arrives later, at
  -- `created_at`.
  made_at timestamptz(3),

  -- A deal has a name, unless it is deleted: a blanked tombstone has nothing.
  constraint deals_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- Only a deleted record can be merged into another one.
  constraint deals_merged_into_deleted check (merged_into is null or deleted_at is not null),
  -- The stages of the pipeline. A deal can move from any stage to any other.
  constraint deals_stage_known check (stage in (
    'new_lead', 'initial_outreach', 'sample_visit_offered', 'awaiting_response',
    'feedback_logged', 'demo_scheduled', 'closed_won', 'closed_lost'
  )),
  -- An amount can be added up, and NaN cannot.
  constraint deals_amount_number check (amount <> 'NaN'::numeric),
  -- A currency exists, so that the app can format the amount.
  constraint deals_currency_code check (private.is_currency(currency)),
  -- A priority is a letter, and A is the most important.
  constraint deals_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- The list of people has no gaps.
  constraint deals_contact_ids_list check (array_position(contact_ids, null) is null),
  -- A deal has at most 1,000 people, because the server compares them one by one.
  constraint deals_contact_ids_length check (cardinality(contact_ids) <= 1000),
  -- Tags are shown and searched, so they are short and not empty.
  constraint deals_tags_list check (tags = '{}' or private.is_tag_list(tags)),
  -- Each date and time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on
  -- them.
  constraint deals_expected_close_on_plain check (expected_close_on between '1900-01-01' and '2199-12-31'),
  constraint deals_next_action_on_plain check (next_action_on between '1900-01-01' and '2199-12-31'),
  constraint deals_closed_at_plain check (closed_at between '1900-01-01Z' and '2200-01-01Z'),
  constraint deals_archived_at_plain check (archived_at between '1900-01-01Z' and '2200-01-01Z'),
  -- The changes of stage are a list.
  constraint deals_stage_changes_list check (jsonb_typeof(stage_changes) = 'array'),
  -- Every text has a limit, so that lists can show it. Each has its own constraint, so that a refusal names the
  -- field.
  constraint deals_name_length check (length(name) <= 300),
  constraint deals_next_action_length check (length(next_action) <= 300),
  constraint deals_source_length check (length(source) <= 300),
  constraint deals_position_length check (length(position) <= 300),
  constraint deals_lost_reason_length check (length(lost_reason) <= 300),
  constraint deals_description_length check (length(description) <= 20000)
);
select private.make_synced('public.deals');

-- Each reference has an index, so that a merge finds what refers to a record.
create index deals_company_id_idx on public.deals (company_id) where company_id is not null;
create index deals_principal_id_idx on public.deals (principal_id) where principal_id is not null;
create index deals_contact_ids_idx on public.deals using gin (contact_ids);
create index deals_owner_id_idx on public.deals (owner_id) where owner_id is not null;
create index deals_merged_into_idx on public.deals (merged_into) where merged_into is not null;

-- Notes when a deal was made.
create trigger note_made_at before insert on public.deals
  for each row execute function private.note_made_at();

-- Checks every new owner, because a policy cannot compare the old row with the new one. Blanking a tombstone removes
-- its owner and is allowed.
create trigger guard_owner before update of owner_id on public.deals for each row
  when (new.owner_id is distinct from old.owner_id and new.blanked_at is null)
  execute function private.guard_owner();

-- Refuses a deal with an unknown contact. It takes the place of a foreign key, which an array cannot have.
create function private.check_deal_contacts() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.contact_ids <@ old.contact_ids then
    return new;
  end if;
  if (select count(*) from public.contacts c where c.id = any(new.contact_ids))
    < (select count(distinct x) from unnest(new.contact_ids) x)
  then
    raise exception 'This deal names a contact that doesn''t exist.'
      using errcode = 'foreign_key_violation', column = 'contact_ids';
  end if;
  return new;
end $$;

-- Checks the people of a deal whenever they are written.
create trigger check_deal_contacts before insert or update of contact_ids on public.deals
  for each row when (new.contact_ids <> '{}') execute function private.check_deal_contacts();

-- Notes a change of stage with the person and the time of the act. If the same person takes the newest move back
-- within five minutes, it removes that move instead, because an undone move is not a step of the pipeline. The
-- activity log keeps both acts. It keeps the newest 100 moves.
create function private.note_stage_change() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
  at timestamptz := private.occurred_at(times, new.id);
  person uuid := coalesce(private.uid(), new.updated_by);
  last jsonb := old.stage_changes -> -1;
begin
  if (last ->> 'by')::uuid = person and last ->> 'from' = new.stage and last ->> 'to' = old.stage
    and abs(extract(epoch from at - (last ->> 'at')::timestamptz)) <= 300 then
    new.stage_changes := old.stage_changes - -1;
    return new;
  end if;
  new.stage_changes := case when jsonb_array_length(old.stage_changes) < 100
      then old.stage_changes else old.stage_changes - 0 end
    || jsonb_build_object(
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'by', person, 'from', old.stage, 'to', new.stage);
  return new;
end $$;

-- Notes every change of stage. Blanking a tombstone sets the stage back to its default and is not a move.
create trigger note_stage_change before update on public.deals
  for each row when (new.stage <> old.stage and new.blanked_at is not distinct from old.blanked_at)
  execute function private.note_stage_change();

-- Removes the closing date of an open deal, and gives a deal that is closed without a date the time of the act,
-- because a device of an earlier release settles a conflict about the stage by sending the stage alone. A closed deal
-- that an import brings without a date keeps none, because no date is invented.
create function private.date_closing() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
begin
  if new.stage not in ('closed_won', 'closed_lost') then
    new.closed_at := null;
  elsif tg_op = 'UPDATE' and old.stage not in ('closed_won', 'closed_lost') then
    new.closed_at := private.occurred_at(times, new.id);
  end if;
  return new;
end $$;

-- Corrects the closing date if it contradicts the stage. A date outside the accepted years is not corrected, so that
-- the constraint refuses it.
create trigger date_closing before insert or update of stage, closed_at on public.deals
  for each row when (
    (new.stage in ('closed_won', 'closed_lost')) = (new.closed_at is null)
    and coalesce(new.closed_at between '1900-01-01Z' and '2200-01-01Z', true))
  execute function private.date_closing();
