-- A table of its own for the clients that are compared: the same fields as a contact, reached as PostgREST reaches
-- tables. Lists are texts here, because one of the clients can compare nothing else. Nothing is logged, and there are no
-- receipts: less work than the product's own server does.
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
  -- One bad of twenty: the server refuses a value, as a constraint of a real table would.
  constraint contacts_linkedin_url_http check (linkedin_url ~* '^https?://[^[:space:]]+$'),
  "_deleted" boolean not null default false,
  "_modified" timestamptz not null default clock_timestamp()
);
create index contacts_modified_idx on bench.contacts ("_modified", id);

-- How often each row was written.
create table bench.writes (id uuid primary key, times int not null);

-- The moment of the change, what the clients ask for news by; and one more write.
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

-- The rights of a member, decided as the product decides them.
create policy members on bench.contacts for all to authenticated
  using ((select private.my_role()) is not null) with check ((select private.is_writer()));
