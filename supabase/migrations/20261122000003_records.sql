-- What every synced table has in common.

-- The shape of a record: tables are made `like` it, so the columns, the key and the index are stated once.
create table private.record (
  id uuid primary key,
  -- Server revision, one more with each change.
  version bigint not null default 1,
  -- The transaction of the last change: what pull asks for. Never leaves the server.
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  created_by uuid,
  updated_by uuid,
  -- Set on a tombstone: a deleted record stays, so that every device learns of it, however late.
  deleted_at timestamptz(3),
  -- When retention blanked the tombstone's personal data. Never leaves the server.
  blanked_at timestamptz(3)
);
create index record_xid_id_idx on private.record (xid, id);

-- Stamps a change: version, transaction, times and author never come from a request. Blanking a tombstone is no
-- change anyone made: it keeps version, time and author, and moves only `xid`, so that the devices blank it too.
create function private.stamp_record() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  caller uuid := private.uid();
begin
  new.xid := pg_current_xact_id();
  if tg_op = 'UPDATE' and new.blanked_at is not null and old.blanked_at is null then
    return new;
  end if;
  -- Without a caller it is the seed or a migration, which may tell when something happened.
  if caller is not null or tg_op = 'UPDATE' then
    new.updated_at := now();
  end if;
  new.updated_by := coalesce(caller, new.updated_by);
  if tg_op = 'INSERT' then
    new.version := 1;
    new.blanked_at := null;
    if caller is not null then
      new.created_at := now();
      new.created_by := caller;
    end if;
    return new;
  end if;
  new.id := old.id;
  new.version := old.version + 1;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  if new.deleted_at is null then
    new.blanked_at := null;
  end if;
  return new;
end $$;

-- Makes a new table a synced one: closed to everybody, row security on, every change stamped.
create function private.make_synced(target regclass) returns void
language plpgsql volatile set search_path = '' as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('revoke all on %s from public, anon, authenticated, service_role', target);
  execute format(
    'create trigger stamp_record before insert or update on %s for each row execute function private.stamp_record()',
    target
  );
end $$;

-- Whether a list of tags is one: short texts, none of them empty or null.
create function private.is_tag_list(tags text[]) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(bool_and(coalesce(btrim(t) <> '' and length(t) <= 300, false)), true) from unnest(tags) t
$$;

-- Whether a JSON value is a set of {value, label} keyed by value, as e-mail addresses and phone numbers are.
create function private.is_labelled_set(entries jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  entry jsonb;
  seen jsonb := '{}'::jsonb;
begin
  if jsonb_typeof(entries) is distinct from 'array' then
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
      or seen ? (entry ->> 'value')
    then
      return false;
    end if;
    seen := seen || jsonb_build_object(entry ->> 'value', true);
  end loop;
  return true;
end $$;
