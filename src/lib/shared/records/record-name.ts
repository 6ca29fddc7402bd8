import { contactName } from '$lib/entities/contact';
import type { EntityName, Row } from '$lib/entities/registry';

/** The name of one record of each entity, for use in a sentence. */
export const entityWord: Record<EntityName, string> = {
  members: 'team member',
  maintenance_windows: 'maintenance window',
  import_batches: 'import',
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  notes: 'note',
  tasks: 'task',
  saved_views: 'saved view',
  conflicts: 'conflict',
};

/** The name of several records of an entity, for use in a sentence: "companies". */
export const entityWords = (entity: EntityName): string => entityWord[entity].replace(/y$/, 'ie') + 's';

const longest = 60;

/** The words by which a person knows a record; never empty. */
export function recordName(entity: string, row: Partial<Row> | undefined): string {
  const fields = (row ?? {}) as Record<string, unknown>;
  const text = (field: string) => (typeof fields[field] === 'string' ? (fields[field] as string).trim() : '');
  const name =
    entity === 'contacts'
      ? contactName({ first_name: text('first_name') || null, last_name: text('last_name') || null })
      : text('name') ||
        text('title') ||
        text('full_name') ||
        text('body') ||
        text('message') ||
        text('file_name');
  const known = name || text('email') || `this ${entityWord[entity as EntityName] ?? 'record'}`;
  return known.length > longest ? `${known.slice(0, longest - 1)}…` : known;
}

const pages: Partial<Record<string, string>> = {
  contacts: '/contacts',
  companies: '/companies',
  deals: '/deals',
};

/** The page of a record, where its entity has pages. */
export function recordPath(entity: string, id: string): string | undefined {
  const page = pages[entity];
  return page && `${page}/${id}`;
}
