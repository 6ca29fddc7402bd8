-- A separate table for the compared clients: the fields of a contact, with PostgREST's access to tables. Lists are texts
-- here, because one of the clients cannot compare anything else. Nothing is logged, and there are no receipts, so this
-- server does less work than the product's own.
create schema bench;
grant usage on schema bench to authenticated;

create table bench.contacts (
  id uuid primary key,
  first_name text,
  last_name text,
  title text,
  department text,
  company_id uuid,
  emails text,
  phones text,
  linkedin_url text,
  street text,
  city text,
  region text,
  postal_code text,
  country text,
  background text,
  owner_id uuid,
  tags text,
  created_by uuid,
  -- For the one bad edit of twenty: the server refuses a value, like a constraint of a real table.
  constraint contacts_linkedin_url_http check (linkedin_url ~* '^https?://[^[:space:]]+$'),
  "_deleted" boolean not null default false,
  "_modified" timestamptz not null default clock_timestamp()
);
create index contacts_modified_idx on bench.contacts ("_modified", id);

-- The number of writes of each row.
create table bench.writes (id uuid primary key, times int not null);

-- Sets the time of the change, by which the clients ask for changes, and counts the write.
create function bench.stamp() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  new."_modified" := clock_timestamp();
  if tg_op = 'UPDATE' then
    insert into bench.writes values (new.id, 1) on conflict (id) do update set times = bench.writes.times + 1;
  end if;
  return new;
end $$;
create trigger stamp before insert or update on bench.contacts for each row execute function bench.stamp();

alter table bench.contacts enable row level security;
grant select, insert, update on bench.contacts to authenticated;

-- The rights of a member, by the same rules as in the product.
create policy members on bench.contacts for all to authenticated
  using ((select private.my_role()) is not null) with check ((select private.is_writer()));
