import Dexie, { type DexieOptions, type EntityTable, type Table } from 'dexie';
import { entityNames, registry, type EntityName, type Row } from '$lib/entities/registry';
import type { BaseRow, Meta, OutboxEntry, StoredEvent } from './records';

const entityTables = Object.fromEntries(
  entityNames.map((name) => [name, ['id', registry[name].indexes].filter(Boolean).join(', ')]),
);

/**
 * One person's working set on this device. One database per person, so that two people who share
 * a tablet never see, or send, each other's work.
 */
export class CrmDatabase extends Dexie {
  declare outbox: EntityTable<OutboxEntry, 'seq'>;
  declare events: EntityTable<StoredEvent, 'seq'>;
  declare base_rows: Table<BaseRow, [string, string]>;
  declare meta: Table<Meta, string>;

  constructor(userId: string, options?: DexieOptions) {
    super(databaseName(userId), options);
    this.version(1).stores({
      ...entityTables,
      outbox: '++seq, state, [entity+id]',
      events: '++seq',
      base_rows: '[entity+id]',
      meta: 'key',
    });
  }

  /** The table of an entity, typed by its name. */
  rows<E extends EntityName>(entity: E): Table<Row<E>, string> {
    return this.table(entity);
  }
}

export const databaseName = (userId: string) => `atomic-crm:${userId}`;
