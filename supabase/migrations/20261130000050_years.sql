-- Dates and times lie in the years 1900 to 2199: what lies outside was mistyped, and reports and calendars break on it.

-- A day as it was meant: two digits of a year that a browser took for a year of the first century mean 20xx. Null for
-- any other day outside the years that are taken.
create function private.day_in_range(day date) returns date
language sql immutable set search_path = '' as $$
  select case
    when day between '1900-01-01' and '2199-12-31' then day
    when day between '0001-01-01' and '0099-12-31' then (day + interval '2000 years')::date end
$$;

-- A time in the same way.
create function private.time_in_range(at timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case
    when at between '1900-01-01Z' and '2200-01-01Z' then at
    when at between '0001-01-02Z' and '0099-12-31Z' then at + interval '2000 years' end
$$;

-- A text with a line for a day or time that no field keeps, as far as there is room for it.
create function private.with_lost_date(body text, label text, lost text) returns text
language sql immutable set search_path = '' as $$
  select case when lost is null or length(concat_ws(E'\n', body, label || ': ' || lost)) > 20000 then body
    else concat_ws(E'\n', body, label || ': ' || lost) end
$$;

update public.deals d set
  description = private.with_lost_date(private.with_lost_date(private.with_lost_date(d.description,
    'Expected close', case when private.day_in_range(d.expected_close_on) is null then d.expected_close_on::text end),
    'Next action on', case when private.day_in_range(d.next_action_on) is null then d.next_action_on::text end),
    'Closed at', case when private.time_in_range(d.closed_at) is null then d.closed_at::text end),
  expected_close_on = private.day_in_range(d.expected_close_on),
  next_action_on = private.day_in_range(d.next_action_on),
  closed_at = private.time_in_range(d.closed_at),
  archived_at = case when d.archived_at is not null
    then coalesce(private.time_in_range(d.archived_at), d.updated_at) end
where d.expected_close_on not between '1900-01-01' and '2199-12-31'
  or d.next_action_on not between '1900-01-01' and '2199-12-31'
  or d.closed_at not between '1900-01-01Z' and '2200-01-01Z'
  or d.archived_at not between '1900-01-01Z' and '2200-01-01Z';

update public.tasks t set
  description = private.with_lost_date(t.description,
    'Due date', case when private.day_in_range(t.due_on) is null then t.due_on::text end),
  due_on = private.day_in_range(t.due_on),
  done_at = case when t.done_at is not null then coalesce(private.time_in_range(t.done_at), t.updated_at) end
where t.due_on not between '1900-01-01' and '2199-12-31'
  or t.done_at not between '1900-01-01Z' and '2200-01-01Z';

update public.notes n set occurred_at = coalesce(private.time_in_range(n.occurred_at), n.created_at)
where n.occurred_at not between '1900-01-01Z' and '2200-01-01Z';

update public.import_batches b set undone_at = b.updated_at
where b.undone_at not between '1900-01-01Z' and '2200-01-01Z';

update public.conflicts c set resolved_at = c.updated_at
where c.resolved_at not between '1900-01-01Z' and '2200-01-01Z';

-- A window in such a year was never meant to open.
update public.maintenance_windows w set
  starts_at = w.created_at, ends_at = w.created_at + interval '1 minute',
  closed_at = null, cancelled_at = w.created_at
where w.starts_at not between '1900-01-01Z' and '2200-01-01Z' or w.ends_at not between '1900-01-01Z' and '2200-01-01Z'
  or w.closed_at not between '1900-01-01Z' and '2200-01-01Z'
  or w.cancelled_at not between '1900-01-01Z' and '2200-01-01Z';

drop function private.with_lost_date(text, text, text);
drop function private.time_in_range(timestamptz);
drop function private.day_in_range(date);

alter table public.deals
  drop constraint deals_expected_close_on_plain,
  drop constraint deals_next_action_on_plain,
  drop constraint deals_closed_at_plain,
  drop constraint deals_archived_at_plain,
  add constraint deals_expected_close_on_plain check (expected_close_on between '1900-01-01' and '2199-12-31'),
  add constraint deals_next_action_on_plain check (next_action_on between '1900-01-01' and '2199-12-31'),
  add constraint deals_closed_at_plain check (closed_at between '1900-01-01Z' and '2200-01-01Z'),
  add constraint deals_archived_at_plain check (archived_at between '1900-01-01Z' and '2200-01-01Z');
alter table public.tasks
  drop constraint tasks_due_on_plain,
  drop constraint tasks_done_at_plain,
  add constraint tasks_due_on_plain check (due_on between '1900-01-01' and '2199-12-31'),
  add constraint tasks_done_at_plain check (done_at between '1900-01-01Z' and '2200-01-01Z');
alter table public.notes
  drop constraint notes_occurred_at_plain,
  add constraint notes_occurred_at_plain check (occurred_at between '1900-01-01Z' and '2200-01-01Z');
alter table public.import_batches
  drop constraint import_batches_undone_at_plain,
  add constraint import_batches_undone_at_plain check (undone_at between '1900-01-01Z' and '2200-01-01Z');
alter table public.conflicts
  drop constraint conflicts_resolved_at_plain,
  add constraint conflicts_resolved_at_plain check (resolved_at between '1900-01-01Z' and '2200-01-01Z');
alter table public.maintenance_windows
  drop constraint maintenance_windows_starts_at_plain,
  drop constraint maintenance_windows_ends_at_plain,
  drop constraint maintenance_windows_closed_at_plain,
  drop constraint maintenance_windows_cancelled_at_plain,
  add constraint maintenance_windows_starts_at_plain check (starts_at between '1900-01-01Z' and '2200-01-01Z'),
  add constraint maintenance_windows_ends_at_plain check (ends_at between '1900-01-01Z' and '2200-01-01Z'),
  add constraint maintenance_windows_closed_at_plain check (closed_at between '1900-01-01Z' and '2200-01-01Z'),
  add constraint maintenance_windows_cancelled_at_plain check (cancelled_at between '1900-01-01Z' and '2200-01-01Z');
