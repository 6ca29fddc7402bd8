-- A move that was undone is no step of the pipeline: taking it back removes it from the deal's history. The activity log
-- keeps both acts.

-- Notes a change of stage with when the person acted and who it was. If the same person takes the newest move back
-- within five minutes, it is removed instead. The newest 100 are kept.
create or replace function private.note_stage_change() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
  at timestamptz := private.occurred_at(times, new.id);
  person uuid := coalesce(private.uid(), new.updated_by);
  last jsonb := old.stage_changes -> -1;
begin
  if (last ->> 'by')::uuid = person and last ->> 'from' = new.stage and last ->> 'to' = old.stage
    and abs(extract(epoch from at - (last ->> 'at')::timestamptz)) <= 300 then
    new.stage_changes := old.stage_changes - -1;
    return new;
  end if;
  new.stage_changes := case when jsonb_array_length(old.stage_changes) < 100
      then old.stage_changes else old.stage_changes - 0 end
    || jsonb_build_object(
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'by', person, 'from', old.stage, 'to', new.stage);
  return new;
end $$;
