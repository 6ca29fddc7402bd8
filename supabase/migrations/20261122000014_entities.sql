-- What may come over the wire: the synced tables in the order in which rows may refer to each other, and of each
-- the writable fields with their merge rules. A later migration that adds a column adds its row here, or no
-- device can write it.

create table private.entities (
  entity text primary key,
  -- The order of pull, and the order in which push locks.
  rank int not null unique,
  -- What an insert holds for fields it does not name; everything else is null.
  defaults jsonb not null default '{}',
  may_insert boolean not null default true,
  may_delete boolean not null default true
);

insert into private.entities (entity, rank, defaults, may_insert, may_delete) values
  ('members', 1, '{}', false, false),
  ('maintenance_windows', 2, '{"held_by_deploy": false}', true, true),
  ('companies', 3, '{"tags": []}', true, true),
  ('contacts', 4, '{"emails": [], "phones": [], "tags": []}', true, true),
  ('deals', 5, '{"stage": "new_lead", "contact_ids": [], "tags": []}', true, true),
  ('notes', 6, '{"kind": "note"}', true, true),
  ('tasks', 7, '{}', true, true),
  ('saved_views', 8, '{"query": {}}', true, true),
  ('import_batches', 9, '{"row_count": 0}', true, true),
  ('conflicts', 10, '{}', false, false);

create table private.fields (
  entity text not null references private.entities,
  field text not null,
  -- The JSON types that the column takes, and what their text has to look like. Casting alone would let too much
  -- through: `{"a": 1}` is a text, `"tomorrow"` is a date, `"NaN"` is a number.
  json_types text[] not null,
  pattern text,
  -- three_way: changed on both sides, it is a conflict. set: additions and removals merge. keyed_set: a set of
  -- {value, label}, each entry merged three-way. latest: the last to arrive wins.
  rule text not null default 'three_way' check (rule in ('three_way', 'set', 'keyed_set', 'latest')),
  primary key (entity, field)
);

-- Every column is writable but those the server sets, those of conflicts that are not the decision, and a member's
-- e-mail address, which follows the sign-in.
insert into private.fields (entity, field, json_types, pattern)
select e.entity, a.attname,
  case
    when t.typname = 'bool' then array['boolean']
    when t.typname in ('numeric', 'int4') then array['number', 'string']
    when t.typname in ('_text', '_uuid') then array['array']
    when t.typname = 'jsonb' then array['array', 'object']
    else array['string']
  end,
  case t.typname
    when 'uuid' then '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$'
    when 'date' then '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    when 'timestamptz' then
      '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$'
    when 'numeric' then '^-?[0-9]+(\.[0-9]+)?$'
    when 'int4' then '^-?[0-9]+$'
    -- Flat lists of strings.
    when '_text' then '^\[("([^"\\]|\\.)*"(, )?)*\]$'
    when '_uuid' then '^\[("[0-9A-Fa-f-]{36}"(, )?)*\]$'
  end
from private.entities e
join pg_catalog.pg_attribute a
  on a.attrelid = ('public.' || e.entity)::regclass and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
where a.attname not in (
    'id', 'version', 'xid', 'created_at', 'updated_at', 'created_by', 'updated_by', 'deleted_at', 'blanked_at',
    'merged_into', 'author_id'
  )
  and (e.entity <> 'conflicts' or a.attname in ('resolved_at', 'resolution'))
  and (e.entity <> 'members' or a.attname in ('full_name', 'role', 'active'));

update private.fields set rule = 'set' where field in ('tags', 'contact_ids');
update private.fields set rule = 'keyed_set' where entity = 'contacts' and field in ('emails', 'phones');
-- A conflict about these would mean nothing to anybody.
update private.fields set rule = 'latest'
where entity = 'conflicts' or (entity, field) in (('deals', 'position'), ('tasks', 'done_at'));

grant select on private.entities, private.fields to authenticated;
