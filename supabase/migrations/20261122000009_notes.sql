-- What was said and done: notes, calls, messages, visits.
create table public.notes (
  like private.record including all,
  kind text not null default 'note',
  body text,
  occurred_at timestamptz(3) not null default now(),
  author_id uuid references public.members,
  contact_id uuid references public.contacts,
  company_id uuid references public.companies,
  deal_id uuid references public.deals,

  -- What kind of touch it was.
  constraint notes_kind_known check (kind in ('note', 'call', 'email', 'meeting', 'sample', 'demo')),
  -- A note says something for as long as it lives.
  constraint notes_body_required check (deleted_at is not null or coalesce(btrim(body), '') <> ''),
  -- Long enough for minutes of a meeting, short enough for a phone.
  constraint notes_body_length check (length(body) <= 100000),
  -- A time that every device can read.
  constraint notes_occurred_at_plain check (occurred_at between '0001-01-02Z' and '9999-12-30Z')
);
select private.make_synced('public.notes');
create index notes_contact_id_idx on public.notes (contact_id) where contact_id is not null;
create index notes_company_id_idx on public.notes (company_id) where company_id is not null;
create index notes_deal_id_idx on public.notes (deal_id) where deal_id is not null;
create index notes_author_id_idx on public.notes (author_id) where author_id is not null;

-- A note's author is who wrote it, whatever the request says.
create function private.set_note_author() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.author_id := coalesce(private.uid(), new.author_id);
  return new;
end $$;
create trigger set_note_author before insert on public.notes
  for each row execute function private.set_note_author();
