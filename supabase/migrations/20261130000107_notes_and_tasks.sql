-- Notes say what happened, and tasks say what to do next.

-- A note is a text, a call, a message or a visit.
create table public.notes (
  like private.record including all,
  kind text not null default 'note',
  body text,
  occurred_at timestamptz(3) not null default now(),
  author_id uuid references public.members,
  contact_id uuid references public.contacts,
  company_id uuid references public.companies,
  deal_id uuid references public.deals,

  -- A note has one of the kinds that the timeline shows.
  constraint notes_kind_known check (kind in ('note', 'call', 'email', 'meeting', 'sample', 'demo')),
  -- A note has a text, unless it is deleted: a blanked tombstone has nothing.
  constraint notes_body_required check (deleted_at is not null or coalesce(btrim(body), '') <> ''),
  -- A text is long enough for the minutes of a meeting and short enough for a phone.
  constraint notes_body_length check (length(body) <= 100000),
  -- The time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on them.
  constraint notes_occurred_at_plain check (occurred_at between '1900-01-01Z' and '2200-01-01Z')
);
select private.make_synced('public.notes');

-- Each foreign key has an index, so that a merge finds what refers to a record.
create index notes_contact_id_idx on public.notes (contact_id) where contact_id is not null;
create index notes_company_id_idx on public.notes (company_id) where company_id is not null;
create index notes_deal_id_idx on public.notes (deal_id) where deal_id is not null;
create index notes_author_id_idx on public.notes (author_id) where author_id is not null;

-- Makes the caller the author of a note, whatever the request says.
create function private.set_note_author() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.author_id := coalesce(private.uid(), new.author_id);
  return new;
end $$;

-- Sets the author of every new note.
create trigger set_note_author before insert on public.notes
  for each row execute function private.set_note_author();

-- A task says what to do, who does it, and until when.
create table public.tasks (
  like private.record including all,
  title text,
  description text,
  due_on date,
  priority text,
  done_at timestamptz(3),
  assignee_id uuid references public.members,
  contact_id uuid references public.contacts,
  company_id uuid references public.companies,
  deal_id uuid references public.deals,

  -- A task says what to do, unless it is deleted: a blanked tombstone has nothing.
  constraint tasks_title_required check (deleted_at is not null or coalesce(btrim(title), '') <> ''),
  -- Every text has a limit, so that lists can show it. Each has its own constraint, so that a refusal names the
  -- field.
  constraint tasks_title_length check (length(title) <= 300),
  constraint tasks_description_length check (length(description) <= 20000),
  -- A priority is a letter, and A is the most important.
  constraint tasks_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- Each date and time is in the years 1900 to 2199. Other years are typing errors, and calendars and reports fail on
  -- them.
  constraint tasks_due_on_plain check (due_on between '1900-01-01' and '2199-12-31'),
  constraint tasks_done_at_plain check (done_at between '1900-01-01Z' and '2200-01-01Z')
);
select private.make_synced('public.tasks');

-- Each foreign key has an index, so that a merge finds what refers to a record.
create index tasks_contact_id_idx on public.tasks (contact_id) where contact_id is not null;
create index tasks_company_id_idx on public.tasks (company_id) where company_id is not null;
create index tasks_deal_id_idx on public.tasks (deal_id) where deal_id is not null;
create index tasks_assignee_id_idx on public.tasks (assignee_id) where assignee_id is not null;
