-- After a restore from a backup the devices offer again what they had acknowledged, decisions about conflicts too: a
-- conflict that arises once more has its old id, so that the decision finds it and nobody is asked a second time.

-- The id of the conflict about one field, or the whole, of one mutation; as random to anybody else as any.
create function private.conflict_id(mutation jsonb, kind text, field text) returns uuid
language sql stable set search_path = '' as $$
  -- A UUID of version 8 from the digest.
  select overlay(overlay(md5(concat_ws(
    '/', private.uid(), (mutation ->> 'mutation_id')::uuid, mutation ->> 'entity', (mutation ->> 'id')::uuid,
    conflict_id.kind, conflict_id.field)) placing '8' from 13) placing '8' from 17)::uuid
$$;

revoke execute on function private.conflict_id(jsonb, text, text) from public;

-- Keeps a value or a whole change. Open questions about one field of one record fold together: the oldest base, the
-- newest mine; so do changes of one deleted record. `error` is set on what was refused, with the operation in `op`.
-- A mutation whose receipt is gone may ask what was decided before: that is a question of its own.
create or replace function private.keep_conflict(
  mutation jsonb,
  kind text,
  field text default null,
  base jsonb default null,
  mine jsonb default null,
  theirs jsonb default null,
  theirs_by uuid default null,
  theirs_at timestamptz default null,
  patch jsonb default null,
  error jsonb default null
) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.conflicts as c (
    id, mutation_id, entity, record_id, kind, field, base, mine, theirs, theirs_by, theirs_at, patch, error, author_id
  )
  select
    case when exists (select from public.conflicts k where k.id = i.id) then gen_random_uuid() else i.id end,
    (mutation ->> 'mutation_id')::uuid, left(mutation ->> 'entity', 100),
    (mutation ->> 'id')::uuid, keep_conflict.kind, keep_conflict.field, keep_conflict.base, keep_conflict.mine,
    keep_conflict.theirs, keep_conflict.theirs_by, keep_conflict.theirs_at, keep_conflict.patch,
    keep_conflict.error, private.uid()
  from (select private.conflict_id(mutation, keep_conflict.kind, keep_conflict.field) as id) i
  on conflict (author_id, record_id, entity, kind, coalesce(field, ''))
    where resolved_at is null and kind in ('field', 'deleted')
  do update set
    mutation_id = excluded.mutation_id,
    base = case c.kind when 'field' then c.base else coalesce(excluded.base, '{}') || coalesce(c.base, '{}') end,
    mine = excluded.mine,
    theirs = excluded.theirs,
    theirs_by = excluded.theirs_by,
    theirs_at = excluded.theirs_at,
    patch = coalesce(c.patch, '{}') || coalesce(excluded.patch, '{}')
$$;
