-- Logs that the password of an account was changed, by its owner or by a recovery link; never what it is or was. The
-- sign-in service says nobody's name when it writes: the account's own session is what it asks for.
create function private.log_password() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.activity_logs (user_id, action, entity_type, entity_id, ip_address, changes)
  values (coalesce(private.uid(), new.id), 'update', 'members', new.id, private.client_ip(),
    '{"password": {"old": null, "new": null}}');
  return null;
end $$;
revoke execute on function private.log_password() from public, anon, authenticated, service_role;

create trigger log_password after update of encrypted_password on auth.users
  for each row when (new.encrypted_password is distinct from old.encrypted_password)
  execute function private.log_password();

-- An owner has to be able to create in the schema at the moment of becoming one.
grant create on schema private to crm_logger;
alter function private.log_password() owner to crm_logger;
revoke create on schema private from crm_logger;
