-- What a leaver's devices had not sent goes to the managers, but a leaver who goes on sending buries nobody in it.

-- How many changes of the caller, a leaver, wait for a manager to decide.
create function private.waiting_of_leaver() returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from public.conflicts c
  where c.author_id = private.uid() and c.resolved_at is null and c.error ->> 'code' = 'deactivated'
$$;
revoke execute on function private.waiting_of_leaver() from public;
grant execute on function private.waiting_of_leaver() to authenticated;

-- Keeps the outbox of a member who was deactivated meanwhile, for the managers, and returns the outcomes. Where 5,000
-- changes wait for them, the next stay on the device until some are decided.
create or replace function private.keep_outbox(mutations jsonb[], known jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  mutation jsonb;
  outcomes jsonb := '{}'::jsonb;
begin
  if mutations <> '{}' and private.waiting_of_leaver() + cardinality(mutations) > 5000 then
    perform private.fail('rate_limited', 'Too many changes wait for a manager. Nothing was lost.', 429, 3600);
  end if;
  foreach mutation in array mutations loop
    continue when (known || outcomes) ? (mutation ->> 'mutation_id');
    perform private.keep_refused(mutation, 'rejected', 'deactivated', null);
    outcomes := outcomes || jsonb_build_object(
      mutation ->> 'mutation_id', jsonb_build_object('status', 'rejected', 'code', 'deactivated'));
  end loop;
  return outcomes;
end $$;
