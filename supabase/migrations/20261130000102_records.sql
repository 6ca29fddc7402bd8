-- All synced tables share these checks of values and the shape of a record.

-- Says whether a list of tags is valid: at most 1,000 short texts, and none of them is empty or null.
create function private.is_tag_list(tags text[]) returns boolean
language sql immutable set search_path = '' as $$
  select cardinality(tags) <= 1000
    and coalesce(bool_and(coalesce(btrim(t) <> '' and length(t) <= 300, false)), true) from unnest(tags) t
$$;

-- Says whether a JSON value is a set of at most 1,000 objects {value, label} with distinct values, as email addresses
-- and phone numbers are. Both keys are required. A label may be null.
create function private.is_labelled_set(entries jsonb) returns boolean
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
      or coalesce(jsonb_typeof(entry -> 'label'), 'missing') not in ('string', 'null')
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

-- Says whether a currency with this code exists. The list has the codes of ISO 4217 and those that it withdrew
-- lately, because deals in them are kept. It has no metals, funds or test codes. The app has the same list
-- (entities/currencies).
create function private.is_currency(code text) returns boolean
language sql immutable set search_path = '' as $$
  select code = any(string_to_array(
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF'
    ' CLF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD'
    ' HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD'
    ' MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG'
    ' QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD'
    ' TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL', ' '))
$$;

-- The shape of a record. Synced tables are made `like` this one, so that the columns, the key and the index are
-- defined in one place.
create table private.record (
  id uuid primary key,
  -- The revision on the server. It goes up by one with each change.
  version bigint not null default 1,
  -- The transaction of the last change. Pull reads it, and it never leaves the server.
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  created_by uuid,
  updated_by uuid,
  -- Set if the record is deleted. The row stays as a tombstone, so that every device learns of the deletion.
  deleted_at timestamptz(3),
  -- The time when retention removed the personal data from the tombstone. It never leaves the server.
  blanked_at timestamptz(3)
);
-- Pull reads the changes of a table in this order.
create index record_xid_id_idx on private.record (xid, id);

-- Stamps a change, so that version, transaction, times and author never come from a request. Blanking a tombstone is
-- not a change that somebody made: it keeps the version, the time and the author, and sets only `xid`, so that
-- devices blank their copy too.
create function private.stamp_record() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  caller uuid := private.uid();
begin
  new.xid := pg_current_xact_id();
  if tg_op = 'UPDATE' and new.blanked_at is not null and old.blanked_at is null then
    return new;
  end if;
  -- If there is no caller, the row comes from the seed or a migration, which may say when something happened.
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

-- Prepares a new synced table: it takes all rights away, turns row security on, and stamps every change.
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

-- Notes when a record was made. If there is no caller, the row comes from the seed, a migration or a backup, and may
-- say so itself.
create function private.note_made_at() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.made_at := case when private.uid() is null then coalesce(new.made_at, new.created_at)
    else private.occurred_at(nullif(current_setting('crm.occurred_at', true), '')::jsonb, new.id) end;
  return new;
end $$;
