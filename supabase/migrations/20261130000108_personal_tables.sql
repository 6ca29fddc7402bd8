-- These tables belong to one person each: saved views, imports, and the conflicts that the person has to decide.

-- A named filter and sort order of one list. Only its author sees it.
create table public.saved_views (
  like private.record including all,
  entity text,
  name text,
  query jsonb not null default '{}',
  position text collate "C",

  -- A view has a list, unless it is deleted: a blanked tombstone has nothing.
  constraint saved_views_entity_required check (deleted_at is not null or coalesce(btrim(entity), '') <> ''),
  -- A view has a name, unless it is deleted, because menus show it.
  constraint saved_views_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- The filters and the sort order are an object, as the list wrote them.
  constraint saved_views_query_object check (jsonb_typeof(query) = 'object'),
  -- The filters and the sort order are limited in size, because every pull of their author may bring them.
  constraint saved_views_query_length check (length(query::text) <= 20000),
  -- Every text has a limit, so that menus can show it. Each has its own constraint, so that a refusal names the
  -- field.
  constraint saved_views_entity_length check (length(entity) <= 300),
  constraint saved_views_name_length check (length(name) <= 300),
  constraint saved_views_position_length check (length(position) <= 300)
);
select private.make_synced('public.saved_views');

-- One import of a file. The records that it made have its id, so that any device can undo it.
create table public.import_batches (
  like private.record including all,
  entity text,
  file_name text,
  row_count int not null default 0,
  undone_at timestamptz(3),
  -- When somebody ran the import, by the server's clock. An import that ran offline arrives later, at `created_at`.
  made_at timestamptz(3),

  -- An import has a kind of record, unless it is deleted: a blanked tombstone has nothing.
  constraint import_batches_entity_required check (deleted_at is not null or coalesce(btrim(entity), '') <> ''),
  -- Every text has a limit, so that lists can show it. Each has its own constraint, so that a refusal names the
  -- field.
  constraint import_batches_entity_length check (length(entity) <= 300),
  constraint import_batches_file_name_length check (length(file_name) <= 300),
  -- An import cannot make fewer than no rows.
  constraint import_batches_row_count_positive check (row_count >= 0),
  -- The time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on them.
  constraint import_batches_undone_at_plain check (undone_at between '1900-01-01Z' and '2200-01-01Z')
);
select private.make_synced('public.import_batches');

-- Notes when an import ran.
create trigger note_made_at before insert on public.import_batches
  for each row execute function private.note_made_at();

-- A conflict is a change that the server could not apply as it was sent. It is kept until its author decides. Only
-- functions with the rights of their owner insert here: a member who could insert rows could forge what others are
-- said to have done.
create table public.conflicts (
  like private.record including all,
  mutation_id uuid not null,
  entity text not null,
  record_id uuid not null,
  kind text not null,
  field text,
  base jsonb,
  mine jsonb,
  theirs jsonb,
  theirs_by uuid,
  theirs_at timestamptz(3),
  patch jsonb,
  error jsonb,
  author_id uuid not null references public.members,
  resolved_at timestamptz(3),
  resolution text,

  -- `field`: both sides changed the field. `deleted`: somebody deleted the record. `rejected`: the server refused the
  -- change. `blocked`: the change depends on a refused one. `stale`: the change is too old to apply without asking.
  constraint conflicts_kind_known check (kind in ('field', 'deleted', 'rejected', 'blocked', 'stale')),
  -- Only a conflict about a field names a field.
  constraint conflicts_field_named check ((kind = 'field') = (field is not null)),
  -- The time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on them.
  constraint conflicts_resolved_at_plain check (resolved_at between '1900-01-01Z' and '2200-01-01Z'),
  -- A resolution is a word and not a text.
  constraint conflicts_resolution_length check (length(resolution) <= 300)
);
select private.make_synced('public.conflicts');

-- The inbox reads the conflicts of a person, and a record reads those about itself.
create index conflicts_author_id_idx on public.conflicts (author_id, record_id);
create index conflicts_record_id_idx on public.conflicts (record_id);

-- A person has one open question about a field of a record, and one about a deleted record. Later changes fold into
-- it.
create unique index conflicts_open_key on public.conflicts (author_id, record_id, entity, kind, coalesce(field, ''))
  where resolved_at is null and kind in ('field', 'deleted');

-- Touches the conflicts of a member who leaves, and those of all leavers if somebody becomes a manager, so that the
-- next pull brings them to their new readers. That includes resolved ones: a manager may read them too, and a device
-- that lacked them would differ from the server. Those who may no longer read them find that out on the device.
create function private.hand_over_conflicts() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if old.active and not new.active then
    update public.conflicts c set author_id = c.author_id where c.author_id = new.id;
  end if;
  if new.active and new.role in ('admin', 'manager')
    and (not old.active or old.role not in ('admin', 'manager'))
  then
    update public.conflicts c set author_id = c.author_id
    where c.author_id in (select m.id from public.members m where not m.active);
  end if;
  return null;
end $$;

-- Hands conflicts over whenever a role or an access changes.
create trigger hand_over_conflicts after update of role, active on public.members
  for each row execute function private.hand_over_conflicts();
