-- What a leaver had decided is handed over with what is open: a manager may read both, and a device that holds only
-- one of them differs from the server.

-- Touches the conflicts of somebody who leaves, and those of all leavers when somebody becomes a manager, so that the
-- next pull carries them to the new readers. Those who may no longer read them find that out on the device.
create or replace function private.hand_over_conflicts() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if old.active and not new.active then
    update public.conflicts c set author_id = c.author_id where c.author_id = new.id;
  end if;
  if new.active and new.role in ('admin', 'manager')
    and (not old.active or old.role not in ('admin', 'manager'))
  then
    update public.conflicts c set author_id = c.author_id
    where c.author_id in (select m.id from public.members m where not m.active);
  end if;
  return null;
end $$;
