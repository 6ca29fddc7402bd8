-- Maintenance: the announced times in which the server accepts no work.

-- The announced maintenance windows. Every device shows them.
create table public.maintenance_windows (
  like private.record including all,
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  message text,
  held_by_deploy boolean not null default false,
  closed_at timestamptz(3),
  cancelled_at timestamptz(3),

  -- A window has a start, because devices announce it.
  constraint maintenance_windows_starts_at_required check (deleted_at is not null or starts_at is not null),
  -- A window has an end, because devices say when to come back.
  constraint maintenance_windows_ends_at_required check (deleted_at is not null or ends_at is not null),
  -- A window ends after it starts.
  constraint maintenance_windows_ends_at_after_start check (ends_at > starts_at),
  -- Each time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on them.
  constraint maintenance_windows_starts_at_plain check (starts_at between '1900-01-01Z' and '2200-01-01Z'),
  constraint maintenance_windows_ends_at_plain check (ends_at between '1900-01-01Z' and '2200-01-01Z'),
  constraint maintenance_windows_closed_at_plain check (closed_at between '1900-01-01Z' and '2200-01-01Z'),
  constraint maintenance_windows_cancelled_at_plain check (cancelled_at between '1900-01-01Z' and '2200-01-01Z'),
  -- A message fits in a banner.
  constraint maintenance_windows_message_length check (length(message) <= 2000)
);
select private.make_synced('public.maintenance_windows');

-- Returns the seconds after which a device may ask again, or null if no window is open. It is the time until the
-- window ends, but at most a minute, because a window may be closed early. If a deploy holds the window, the window
-- ends when the deploy closes it, and never by the clock.
create function private.maintenance_seconds() returns int
language sql stable security definer set search_path = '' as $$
  select max(case when w.ends_at > now() then least(60, ceil(extract(epoch from w.ends_at - now())))::int else 60 end)
  from public.maintenance_windows w
  where w.starts_at <= now() and (w.ends_at > now() or w.held_by_deploy)
    and w.closed_at is null and w.cancelled_at is null and w.deleted_at is null
$$;

-- Refuses the call if a maintenance window is open. The smoke test of a deploy sets `crm.smoke_test` to get in.
create function private.refuse_in_maintenance() returns void
language plpgsql volatile set search_path = '' as $$
declare
  seconds int := private.maintenance_seconds();
begin
  if seconds is not null and coalesce(current_setting('crm.smoke_test', true), '') <> 'on' then
    perform private.fail('maintenance', 'Maintenance is in progress.', 423, seconds);
  end if;
end $$;

-- Says whether a push only moves, closes or cancels maintenance windows. An admin may do that during maintenance.
create function private.is_maintenance_push(request jsonb) returns boolean
language sql stable set search_path = '' as $$
  select private.my_role() = 'admin'
    and jsonb_typeof(request -> 'mutations') = 'array'
    and jsonb_array_length(request -> 'mutations') > 0
    and not jsonb_path_exists(request, '$.mutations[*] ? (!(@.entity == "maintenance_windows"))')
$$;
