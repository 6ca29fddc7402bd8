-- A list of twenty thousand addresses fits into one push and held the server up for half a minute. No record of a
-- person has a thousand of anything.

-- Whether a list of tags is one: at most 1,000 short texts, none of them empty or null.
create or replace function private.is_tag_list(tags text[]) returns boolean
language sql immutable set search_path = '' as $$
  select cardinality(tags) <= 1000
    and coalesce(bool_and(coalesce(btrim(t) <> '' and length(t) <= 300, false)), true) from unnest(tags) t
$$;

-- Whether a JSON value is a set of {value, label} keyed by value, at most 1,000, as e-mail addresses and phone numbers
-- are.
create or replace function private.is_labelled_set(entries jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  entry jsonb;
begin
  if jsonb_typeof(entries) is distinct from 'array' or jsonb_array_length(entries) > 1000 then
    return false;
  end if;
  for entry in select e from jsonb_array_elements(entries) e loop
    if jsonb_typeof(entry) <> 'object'
      or jsonb_typeof(entry -> 'value') is distinct from 'string'
      or coalesce(jsonb_typeof(entry -> 'label'), 'null') not in ('string', 'null')
      or btrim(entry ->> 'value') = ''
      or length(entry ->> 'value') > 300
      or length(entry ->> 'label') > 300
      or entry - array['value', 'label'] <> '{}'
    then
      return false;
    end if;
  end loop;
  return (select count(*) = count(distinct e ->> 'value') from jsonb_array_elements(entries) e);
end $$;

alter table public.deals
  -- The people of a deal, not a mailing list.
  add constraint deals_contact_ids_length check (cardinality(contact_ids) <= 1000);

-- Refuses a push that is malformed or too large.
create or replace function private.check_push(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(request -> 'mutations'), 'array') <> 'array'
    or coalesce(jsonb_typeof(request -> 'events'), 'array') <> 'array'
    or private.to_time(request -> 'sent_at') is null
  then
    perform private.fail(
      'invalid_request', 'A push needs lists of mutations and events, and the time it was sent.', 400);
  end if;
  if jsonb_array_length(coalesce(request -> 'mutations', '[]')) > 500
    or jsonb_array_length(coalesce(request -> 'events', '[]')) > 500
    -- 2 MB, and a tenth for the spaces that Postgres puts in.
    or pg_column_size(request) > 1000000 and octet_length(request::text) > 2306867
  then
    perform private.fail('too_large', 'At most 500 mutations, 500 events and 2 MB in one call.', 413);
  end if;
  -- What is kept has to be read again, on devices too; nesting without an end is more than they can.
  if jsonb_path_exists(request, 'strict $.**{16}') then
    perform private.fail('invalid_request', 'Values are nested too deeply.', 400);
  end if;
  -- Sets are compared entry by entry, in a patch, its base and the choices of a merge.
  if jsonb_path_exists(request, 'strict $.** ? (@.type() == "array" && @.size() > 1000)') then
    perform private.fail('invalid_request', 'A list has more than 1,000 entries.', 400);
  end if;
  if not private.are_mutations(coalesce(request -> 'mutations', '[]')) then
    perform private.fail('invalid_request', 'A mutation is malformed.', 400);
  end if;
end $$;
