-- What could not be applied as it was sent, kept until its author decides. Only definer code writes here:
-- a member who could insert rows could forge what the others are said to have done.
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

  -- field: both sides changed it. deleted: the record was deleted. rejected: refused. blocked: depends on something
  -- refused. stale: too old to apply without asking.
  constraint conflicts_kind_known check (kind in ('field', 'deleted', 'rejected', 'blocked', 'stale')),
  -- A conflict about a field names it.
  constraint conflicts_field_named check ((kind = 'field') = (field is not null)),
  -- A time that every device can read.
  constraint conflicts_resolved_at_plain check (resolved_at between '0001-01-02Z' and '9999-12-30Z'),
  -- A word, not a page.
  constraint conflicts_resolution_length check (length(resolution) <= 300)
);
select private.make_synced('public.conflicts');
create index conflicts_author_id_idx on public.conflicts (author_id, record_id);
create index conflicts_record_id_idx on public.conflicts (record_id);

-- One open question about one field of one record, and one about a deleted record: later changes fold into it.
create unique index conflicts_open_key on public.conflicts (author_id, record_id, entity, kind, coalesce(field, ''))
  where resolved_at is null and kind in ('field', 'deleted');

-- The conflicts of people who left go to the managers. Somebody's leaving, and somebody's becoming a manager, is a
-- change of those rows, or no pull would carry them to the new readers.
create function private.hand_over_conflicts() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if old.active and not new.active then
    update public.conflicts c set author_id = c.author_id
    where c.author_id = new.id and c.resolved_at is null;
  end if;
  if new.active and new.role in ('admin', 'manager')
    and (not old.active or old.role not in ('admin', 'manager'))
  then
    update public.conflicts c set author_id = c.author_id
    where c.resolved_at is null and c.author_id in (select m.id from public.members m where not m.active);
  end if;
  return null;
end $$;
create trigger hand_over_conflicts after update of role, active on public.members
  for each row execute function private.hand_over_conflicts();
