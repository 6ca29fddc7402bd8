/** The words of `activity_logs.action`, as a person reads them. */
export const actionWords: Record<string, string> = {
  view: 'Opened',
  list: 'Opened list',
  search: 'Searched',
  create: 'Created',
  update: 'Updated',
  delete: 'Deleted',
  restore: 'Restored',
  merge: 'Merged',
  import: 'Imported',
  export: 'Exported',
  print: 'Printed',
  sign_in: 'Signed in',
  sign_out: 'Signed out',
  resolve: 'Resolved',
  discard: 'Discarded',
  invite: 'Invited',
  role_change: 'Changed role',
  deactivate: 'Deactivated',
  reactivate: 'Reactivated',
  maintenance: 'Maintenance',
};

const plurals: Record<string, string> = {
  dashboard: 'Dashboard',
  activity_logs: 'Activity log',
  members: 'Team',
  maintenance_windows: 'Maintenance windows',
  import_batches: 'Imports',
  invitations: 'Invitations',
};

/** The label of an entity type in the log: "Contacts", "Activity log". */
export function entityWords(entity_type: string): string {
  const words = plurals[entity_type] ?? entity_type.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The entity types a person can ask for. */
export const loggedEntities = [
  'contacts',
  'companies',
  'deals',
  'notes',
  'tasks',
  'members',
  'conflicts',
  'maintenance_windows',
  'import_batches',
  'saved_views',
  'invitations',
  'activity_logs',
  'dashboard',
  'reports',
] as const;
