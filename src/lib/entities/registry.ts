import type * as z from 'zod/mini';
import { company } from './company';
import { conflict } from './conflict';
import { contact } from './contact';
import { deal } from './deal';
import { importBatch } from './import-batch';
import { maintenanceWindow } from './maintenance-window';
import { member } from './member';
import type { MergeRule } from './merge';
import { note } from './note';
import { savedView } from './saved-view';
import { task } from './task';

interface Definition {
  /** The row as it is on the wire, in the table and on the device. */
  schema: z.ZodMiniObject;
  /** Merge rules that are not `three_way`; the server's table of rules says the same. */
  rules: Record<string, MergeRule>;
  /** Dexie indexes beside the primary key. */
  indexes: string;
  /** The values of fields that an insert does not name. All other fields start as null. */
  defaults: Record<string, unknown>;
  /** Required while the record lives; a tombstone may have them blanked. */
  required: string[];
}

const tagged = { tags: 'set' } as const;
const methods = { emails: 'keyed_set', phones: 'keyed_set' } as const;

/** Every synced entity, by table name, in the order in which rows may refer to each other. */
export const registry = {
  members: { schema: member, rules: {}, indexes: '', defaults: {}, required: [] },
  maintenance_windows: {
    schema: maintenanceWindow,
    rules: { cancelled_at: 'mark', closed_at: 'mark' },
    indexes: '',
    defaults: { held_by_deploy: false },
    required: ['starts_at', 'ends_at'],
  },
  import_batches: {
    schema: importBatch,
    rules: { undone_at: 'mark' },
    indexes: '',
    defaults: { row_count: 0 },
    required: ['entity', 'row_count'],
  },
  companies: { schema: company, rules: tagged, indexes: '', defaults: { tags: [] }, required: ['name'] },
  contacts: {
    schema: contact,
    rules: { ...tagged, ...methods },
    indexes: 'company_id',
    defaults: { emails: [], phones: [], tags: [] },
    required: [],
  },
  deals: {
    schema: deal,
    rules: {
      ...tagged,
      contact_ids: 'set',
      position: 'latest',
      closed_at: 'mark',
      archived_at: 'mark',
    },
    indexes: 'company_id, principal_id, *contact_ids',
    defaults: { stage: 'new_lead', contact_ids: [], tags: [] },
    required: ['name'],
  },
  notes: {
    schema: note,
    rules: {},
    indexes: 'contact_id, company_id, deal_id',
    defaults: { kind: 'note' },
    required: ['body'],
  },
  tasks: {
    schema: task,
    rules: { done_at: 'latest' },
    indexes: 'contact_id, company_id, deal_id',
    defaults: {},
    required: ['title'],
  },
  saved_views: {
    schema: savedView,
    rules: {},
    indexes: '',
    defaults: { query: {} },
    required: ['entity', 'name'],
  },
  conflicts: {
    schema: conflict,
    // A decision on two devices must not become a conflict of its own.
    rules: { resolved_at: 'latest', resolution: 'latest' },
    indexes: 'record_id',
    defaults: {},
    required: [],
  },
} satisfies Record<string, Definition>;

export type EntityName = keyof typeof registry;
export type Row<E extends EntityName = EntityName> = z.infer<(typeof registry)[E]['schema']>;

export const entityNames = Object.keys(registry) as EntityName[];

/** The definition of an entity; `undefined` for a word that is none. */
export function definition(entity: string): Definition | undefined {
  return Object.hasOwn(registry, entity) ? registry[entity as EntityName] : undefined;
}
