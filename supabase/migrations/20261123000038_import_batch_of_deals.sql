-- A deal that came from a file names the import, as contacts and companies do: the import can be undone from any device.

alter table public.deals add column import_batch_id uuid;

-- Written once, with the insert that the import makes.
insert into private.fields (entity, field, json_types, pattern)
values ('deals', 'import_batch_id', array['string'], '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$');
