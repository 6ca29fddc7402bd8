-- What is to be done, by whom, until when.
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

  -- A task says what to do for as long as it lives.
  constraint tasks_title_required check (deleted_at is not null or coalesce(btrim(title), '') <> ''),
  -- Texts that a list and a page can show.
  constraint tasks_title_length check (length(title) <= 300),
  constraint tasks_description_length check (length(description) <= 20000),
  -- A is the most important.
  constraint tasks_priority_known check (priority in ('A', 'B', 'C', 'D')),
  -- A date and a time that every device can read.
  constraint tasks_due_on_plain check (due_on between '0001-01-01' and '9999-12-31'),
  constraint tasks_done_at_plain check (done_at between '0001-01-02Z' and '9999-12-30Z')
);
select private.make_synced('public.tasks');
create index tasks_contact_id_idx on public.tasks (contact_id) where contact_id is not null;
create index tasks_company_id_idx on public.tasks (company_id) where company_id is not null;
create index tasks_deal_id_idx on public.tasks (deal_id) where deal_id is not null;
create index tasks_assignee_id_idx on public.tasks (assignee_id) where assignee_id is not null;
