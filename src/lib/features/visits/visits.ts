import type { EventAction } from '$lib/entities/activity-event';

interface Visit {
  action: Extract<EventAction, 'view' | 'list'>;
  entity_type: string;
}

const list = (entity_type: string): Visit => ({ action: 'list', entity_type });
const view = (entity_type: string): Visit => ({ action: 'view', entity_type });

/** The entry in the activity log for opening each page. A test compares this table with the routes. */
export const visits: Record<string, Visit> = {
  '/(app)': view('dashboard'),
  '/(app)/contacts': list('contacts'),
  '/(app)/contacts/[id]': view('contacts'),
  '/(app)/companies': list('companies'),
  '/(app)/companies/[id]': view('companies'),
  '/(app)/deals': list('deals'),
  '/(app)/deals/[id]': view('deals'),
  '/(app)/tasks': list('tasks'),
  '/(app)/reports': view('reports'),
  '/(app)/activity': list('activity_logs'),
  '/(app)/sync': list('conflicts'),
  '/(app)/import': list('import_batches'),
  '/(app)/share': view('notes'),
  '/(app)/settings': list('members'),
};
