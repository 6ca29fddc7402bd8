const labels: Record<string, string> = {
  company_id: 'Company',
  principal_id: 'Principal',
  contact_ids: 'Contacts',
  contact_id: 'Contact',
  deal_id: 'Deal',
  owner_id: 'Owner',
  assignee_id: 'Assigned to',
  linkedin_url: 'LinkedIn',
  expected_close_on: 'Expected close',
  next_action_on: 'Next action date',
  due_on: 'Due date',
  done_at: 'Done',
  closed_at: 'Closed',
  archived_at: 'Archived',
  occurred_at: 'Date',
  emails: 'Email',
  phones: 'Phone',
  starts_at: 'Start',
  ends_at: 'End',
  deleted_at: 'Deleted',
};

/** A field's name as a person reads it. */
export function fieldLabel(field: string): string {
  const known = labels[field];
  if (known) return known;
  const words = field.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
