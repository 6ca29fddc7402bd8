-- Nothing a member sent is dropped: what does not apply is kept here, for its author.

-- Keeps a value or a whole change. Open questions about one field of one record fold together: the oldest base, the
-- newest mine; so do changes of one deleted record. `error` is set on what was refused, with the operation in `op`.
create function private.keep_conflict(
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
  values (
    gen_random_uuid(), (mutation ->> 'mutation_id')::uuid, left(mutation ->> 'entity', 100),
    (mutation ->> 'id')::uuid, keep_conflict.kind, keep_conflict.field, keep_conflict.base, keep_conflict.mine,
    keep_conflict.theirs, keep_conflict.theirs_by, keep_conflict.theirs_at, keep_conflict.patch,
    keep_conflict.error, private.uid()
  )
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

-- Keeps each clash of a merge as a conflict about its field, naming who changed it and when.
create function private.keep_clashes(mutation jsonb, clashes jsonb, current jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  clash jsonb;
  change jsonb;
begin
  for clash in select c from jsonb_array_elements(clashes) c loop
    change := private.last_change((current ->> 'id')::uuid, clash ->> 'field');
    perform private.keep_conflict(
      mutation, 'field', clash ->> 'field', clash -> 'base', clash -> 'mine', clash -> 'theirs',
      coalesce(change ->> 'by', current ->> 'updated_by')::uuid,
      coalesce(change ->> 'at', current ->> 'updated_at')::timestamptz,
      jsonb_build_object(clash ->> 'field', clash -> 'mine') || case
        when clash ->> 'field' = 'stage' and mutation -> 'patch' ? 'position'
        then jsonb_build_object('position', mutation #> '{patch,position}') else '{}' end);
  end loop;
end $$;

-- Keeps a change of a record that somebody deleted, to be restored with it.
create function private.keep_deleted(mutation jsonb, current jsonb) returns void
language sql volatile set search_path = '' as $$
  select private.keep_conflict(
    mutation, 'deleted', null, mutation -> 'base', mutation -> 'patch',
    jsonb_strip_nulls(jsonb_build_object(
      'deleted_at', current -> 'deleted_at', 'merged_into', current -> 'merged_into')),
    (current ->> 'updated_by')::uuid, (current ->> 'deleted_at')::timestamptz, mutation -> 'patch')
$$;

-- Keeps a whole change that was refused or is too old.
create function private.keep_refused(mutation jsonb, kind text, code text, field text) returns void
language sql volatile set search_path = '' as $$
  select private.keep_conflict(
    mutation, kind, null, mutation -> 'base', null, null, null, null, mutation -> 'patch',
    private.refusal(code, field) || jsonb_build_object('op', mutation -> 'op'))
$$;
