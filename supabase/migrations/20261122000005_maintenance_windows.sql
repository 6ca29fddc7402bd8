-- Announced times in which the server takes no work.
create table public.maintenance_windows (
  like private.record including all,
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  message text,
  held_by_deploy boolean not null default false,
  closed_at timestamptz(3),
  cancelled_at timestamptz(3),

  -- Both ends are known, and in order.
  constraint maintenance_windows_starts_at_required check (deleted_at is not null or starts_at is not null),
  constraint maintenance_windows_ends_at_required check (deleted_at is not null or ends_at is not null),
  constraint maintenance_windows_ends_at_after_start check (ends_at > starts_at),
  -- Times that every device can read.
  constraint maintenance_windows_starts_at_plain check (starts_at between '0001-01-02Z' and '9999-12-30Z'),
  constraint maintenance_windows_ends_at_plain check (ends_at between '0001-01-02Z' and '9999-12-30Z'),
  constraint maintenance_windows_closed_at_plain check (closed_at between '0001-01-02Z' and '9999-12-30Z'),
  constraint maintenance_windows_cancelled_at_plain check (cancelled_at between '0001-01-02Z' and '9999-12-30Z'),
  -- A message is a notice, not a page.
  constraint maintenance_windows_message_length check (length(message) <= 2000)
);
select private.make_synced('public.maintenance_windows');

-- Seconds after which a device may ask again; null while no window is open. Until the window's end, but at most a
-- minute: a window may be closed early, and one that a deploy holds ends when the deploy closes it, never by the clock.
create function private.maintenance_seconds() returns int
language sql stable security definer set search_path = '' as $$
  select max(case when w.ends_at > now() then least(60, ceil(extract(epoch from w.ends_at - now())))::int else 60 end)
  from public.maintenance_windows w
  where w.starts_at <= now() and (w.ends_at > now() or w.held_by_deploy)
    and w.closed_at is null and w.cancelled_at is null and w.deleted_at is null
$$;
