-- What belongs to one person: saved views and imports.

-- A named filter and sort order of one list, its author's alone.
create table public.saved_views (
  like private.record including all,
  entity text,
  name text,
  query jsonb not null default '{}',
  position text collate "C",

  -- A view has a name and a list for as long as it lives.
  constraint saved_views_entity_required check (deleted_at is not null or coalesce(btrim(entity), '') <> ''),
  constraint saved_views_name_required check (deleted_at is not null or coalesce(btrim(name), '') <> ''),
  -- Filters and sort order, as the list wrote them.
  constraint saved_views_query_object check (jsonb_typeof(query) = 'object'),
  constraint saved_views_query_length check (length(query::text) <= 20000),
  -- Texts that a menu can show.
  constraint saved_views_entity_length check (length(entity) <= 300),
  constraint saved_views_name_length check (length(name) <= 300),
  constraint saved_views_position_length check (length(position) <= 300)
);
select private.make_synced('public.saved_views');

-- One import of a file. The rows it made carry its id, so it can be undone.
create table public.import_batches (
  like private.record including all,
  entity text,
  file_name text,
  row_count int not null default 0,
  undone_at timestamptz(3),

  -- An import made rows of some kind.
  constraint import_batches_entity_required check (deleted_at is not null or coalesce(btrim(entity), '') <> ''),
  -- Texts that a list can show.
  constraint import_batches_entity_length check (length(entity) <= 300),
  constraint import_batches_file_name_length check (length(file_name) <= 300),
  -- An import makes rows or none.
  constraint import_batches_row_count_positive check (row_count >= 0),
  -- A time that every device can read.
  constraint import_batches_undone_at_plain check (undone_at between '0001-01-02Z' and '9999-12-30Z')
);
select private.make_synced('public.import_batches');
