-- Who gets as far as push and pull, how often, and with which versions of the protocol.

-- The protocol this server speaks. It serves the one before as well.
create function private.protocol() returns int
language sql immutable set search_path = '' as $$ select 1 $$;

-- Devices, each bound to the first user who used it. Push locks the row, so that one device's pushes take turns.
create table private.clients (
  client_id uuid primary key,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- The highest `seq` of an event that was taken in: what is older than the log keeps is known again by it.
  event_seq numeric not null default 0,
  -- The calls of the minute that `minute` names, for the rate limit.
  minute timestamptz not null,
  calls int not null
);
create index clients_user_id_idx on private.clients (user_id);

-- Refuses callers who are no members. A deactivated member's refusal is returned, with the status set, and not
-- raised: raising would undo what the call has just kept. Null: come in.
create function private.admit_caller() returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if private.my_role() is not null then
    return null;
  end if;
  if not private.is_deactivated() then
    perform private.fail('not_a_member', 'This account is not on the team.', 403);
  end if;
  perform set_config('response.status', '403', true);
  return jsonb_build_object(
    'code', 'deactivated', 'message', 'This account was deactivated.', 'details', null, 'hint', null);
end $$;

-- Refuses the call while a maintenance window is open. The deploy's own smoke test says so in its session.
create function private.refuse_in_maintenance() returns void
language plpgsql volatile set search_path = '' as $$
declare
  seconds int := private.maintenance_seconds();
begin
  if seconds is not null and coalesce(current_setting('crm.smoke_test', true), '') <> 'on' then
    perform private.fail('maintenance', 'Maintenance is in progress.', 503, seconds);
  end if;
end $$;

-- Refuses a request that is no envelope of this protocol.
create function private.check_envelope(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if jsonb_typeof(request) is distinct from 'object'
    or jsonb_typeof(request -> 'protocol') is distinct from 'number'
    or (request ->> 'protocol')::numeric % 1 <> 0
    or not private.is_uuid(request -> 'client_id')
  then
    perform private.fail('invalid_request', 'A request needs a protocol number and a client_id.', 400);
  end if;
end $$;

-- Refuses protocols that are not served: too old, or newer than this server.
create function private.check_protocol(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if (request ->> 'protocol')::numeric not between private.protocol() - 1 and private.protocol() then
    perform private.fail('client_outdated', 'The app and the server are of different versions.', 426);
  end if;
end $$;

-- Whether a push only moves, closes or calls off maintenance, which an admin does while it is on.
create function private.is_maintenance_push(request jsonb) returns boolean
language sql stable set search_path = '' as $$
  select private.my_role() = 'admin'
    and jsonb_typeof(request -> 'mutations') = 'array'
    and jsonb_array_length(request -> 'mutations') > 0
    and not jsonb_path_exists(request, '$.mutations[*] ? (!(@.entity == "maintenance_windows"))')
$$;

-- Locks the device's row, binding a new device to the caller, counts the call, and returns the device's `event_seq`.
-- At most 1,200 calls a minute for a user, over all devices; a refused call is rolled back and counts for nothing.
create function private.open_push(client uuid) returns numeric
language plpgsql volatile security definer set search_path = '' as $$
declare
  this_minute timestamptz := date_trunc('minute', now());
  high_water numeric;
begin
  insert into private.clients as c (client_id, user_id, minute, calls)
  values (client, private.uid(), this_minute, 1)
  on conflict (client_id) do update set
    last_seen_at = now(),
    minute = excluded.minute,
    calls = case when c.minute = excluded.minute then c.calls + 1 else 1 end
  where c.user_id = excluded.user_id
  returning c.event_seq into high_water;
  if not found then
    perform private.fail('client_taken', 'This device belongs to another user.', 403);
  end if;
  if 1200 < (
    select sum(c.calls) from private.clients c where c.user_id = private.uid() and c.minute = this_minute
  ) then
    perform private.fail('rate_limited', 'Too many calls. Nothing was lost.', 429,
      greatest(1, ceil(extract(epoch from this_minute + interval '1 minute' - now()))::int));
  end if;
  return high_water;
end $$;

-- Remembers how far the device's events have been taken in.
create function private.close_events(client uuid, seq numeric) returns void
language sql volatile security definer set search_path = '' as $$
  update private.clients c set event_seq = greatest(c.event_seq, close_events.seq)
  where c.client_id = close_events.client and c.user_id = private.uid()
$$;
