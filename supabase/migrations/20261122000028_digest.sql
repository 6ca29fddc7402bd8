-- Lets a device check that it holds what the server holds.

-- The digest of the live rows of one entity that the caller may see: {entity, count, ids, versions}, each a number.
create function private.digest_rows(entity text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  digest jsonb;
begin
  execute format(
    'select jsonb_build_object(''entity'', $1, ''count'', count(*),
       ''ids'', coalesce(sum(h.tail), 0) %% 4294967296,
       ''versions'', coalesce(sum((h.tail %% 65536 + 1) * (h.version %% 65536)), 0) %% 4294967296)
     from (
       select (''x'' || right(t.id::text, 8))::bit(32)::bigint as tail, t.version
       from public.%I t where t.deleted_at is null
     ) h', entity)
  into digest using entity;
  return digest;
end $$;

-- Answers {server_time, epoch, digests: [{entity, count, ids, versions}]} over the live rows (deleted_at is null)
-- that the caller may see. With `tail` = the number that the last 8 hex digits of a row's id stand for, each row adds
-- `tail` to `ids` and (tail mod 65536 + 1) * (version mod 65536) to `versions`; both sums are taken modulo 2^32, in
-- any order. Request: {protocol, client_id}. Errors: as sync_pull.
create function api.digest(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb;
begin
  perform private.check_envelope(request);
  refusal := private.admit_caller();
  perform private.refuse_in_maintenance();
  perform private.check_protocol(request);
  if refusal is not null then
    return refusal;
  end if;
  return jsonb_build_object(
    'server_time', now(),
    'epoch', private.epoch(),
    'digests', (select jsonb_agg(private.digest_rows(e.entity) order by e.rank) from private.entities e));
end $$;
