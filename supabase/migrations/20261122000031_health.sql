-- One word for the uptime monitor.

-- Answers `crm-ok` if the database answers, the newest purge is under 26 hours old and nothing older than 31 days is
-- in the log; else `crm-stale`. Also during maintenance. Says nothing else to anybody. The parameter takes the key
-- that a monitor has to send in the URL, and is not looked at.
create function api.health(apikey text default null) returns text
language sql stable security definer set search_path = '' as $$
  select case when coalesce(
    (select max(r.ran_at) from private.retention_runs r) > now() - interval '26 hours' and private.is_log_young(),
    false)
    then 'crm-ok' else 'crm-stale' end
$$;
