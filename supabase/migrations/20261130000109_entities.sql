-- These tables say what devices may send: the synced tables in the order in which rows refer to each other, and the
-- writable fields of each with their merge rules. A later migration that adds a column adds its row here, or no
-- device can write it.

-- The kinds of records that sync.
create table private.entities (
  entity text primary key,
  -- The order in which pull sends the tables and push locks them. Contacts come before companies, so that the first
  -- page of a first pull fills the list that a rep opens first.
  pull_order int not null unique,
  -- The values of an insert that does not name the field. All other fields are null.
  defaults jsonb not null default '{}',
  may_insert boolean not null default true,
  may_delete boolean not null default true
);

insert into private.entities (entity, pull_order, defaults, may_insert, may_delete) values
  ('members', 100, '{}', false, false),
  ('maintenance_windows', 200, '{"held_by_deploy": false}', true, true),
  ('contacts', 250, '{"emails": [], "phones": [], "tags": []}', true, true),
  ('companies', 300, '{"tags": []}', true, true),
  ('deals', 500, '{"stage": "new_lead", "contact_ids": [], "tags": []}', true, true),
  ('notes', 600, '{"kind": "note"}', true, true),
  ('tasks', 700, '{}', true, true),
  ('saved_views', 800, '{"query": {}}', true, true),
  ('import_batches', 900, '{"row_count": 0}', true, true),
  ('conflicts', 1000, '{}', false, false);

-- The fields that devices may write.
create table private.fields (
  entity text not null references private.entities,
  field text not null,
  -- The JSON types that the column accepts, and the pattern of their text. A cast alone would accept too much: it
  -- makes a text of `{"a": 1}`, a date of `"tomorrow"` and a number of `"NaN"`.
  json_types text[] not null,
  pattern text,
  -- The merge rule says what happens if both sides changed the field. `three_way` is a conflict. `set` merges what
  -- was added and removed. `keyed_set` is a set of {value, label} and merges each entry three-way. `latest` keeps the
  -- last value that arrives. `mark` is a time at which something was done: the earlier time stays.
  rule text not null default 'three_way',
  primary key (entity, field),

  -- The rule is one of those that merge_fields knows.
  constraint fields_rule_check check (rule in ('three_way', 'set', 'keyed_set', 'latest', 'mark'))
);

-- Devices may write every column except those that the server sets, a member's email address (it follows the
-- account), and the columns of a conflict that are not the decision.
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
    -- Times are written as in ISO 8601, which every browser reads in the same way.
    when 'timestamptz' then
      '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?'
      || '(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'
    when 'numeric' then '^-?[0-9]+(\.[0-9]+)?$'
    when 'int4' then '^-?[0-9]+$'
    -- Lists of strings are flat.
    when '_text' then '^\[("([^"\\]|\\.)*"(, )?)*\]$'
    when '_uuid' then '^\[("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"(, )?)*\]$'
  end
from private.entities e
join pg_catalog.pg_attribute a
  on a.attrelid = ('public.' || e.entity)::regclass and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
where a.attname not in (
    'id', 'version', 'xid', 'created_at', 'updated_at', 'created_by', 'updated_by', 'deleted_at', 'blanked_at',
    'merged_into', 'author_id', 'made_at', 'stage_changes'
  )
  and (e.entity <> 'conflicts' or a.attname in ('resolved_at', 'resolution'))
  and (e.entity <> 'members' or a.attname in ('full_name', 'role', 'active'));

update private.fields set rule = 'set' where field in ('tags', 'contact_ids');
update private.fields set rule = 'keyed_set' where entity = 'contacts' and field in ('emails', 'phones');
-- Nobody could decide a conflict about these.
update private.fields set rule = 'latest'
where entity = 'conflicts' or (entity, field) in (('deals', 'position'), ('tasks', 'done_at'));
update private.fields set rule = 'mark'
where (entity, field) in (
  ('deals', 'closed_at'), ('deals', 'archived_at'), ('import_batches', 'undone_at'),
  ('maintenance_windows', 'cancelled_at'), ('maintenance_windows', 'closed_at'));
