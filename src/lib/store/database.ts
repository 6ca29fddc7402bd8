import Dexie, { type DexieOptions, type EntityTable, type Table } from 'dexie';
import { entityNames, registry, type EntityName, type Row } from '$lib/entities/registry';
import { ChangeFeed } from './changes';
import { databaseName } from './database-name';
import { followed } from './open-transactions';
import { keyedEntities, sortKey, sortKeyRule, sortKeysIn } from './sort-keys';
import type { BaseRow, Meta, OutboxEntry, StoredEvent } from './tables';
import { TableRows } from './table-rows';

const entityTables = Object.fromEntries(
  entityNames.map((name) => [name, ['id', registry[name].indexes].filter(Boolean).join(', ')]),
);
const keyedTables = Object.fromEntries(
  keyedEntities.map((name) => [name, `${entityTables[name]}, ${sortKey}`]),
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

  /** Which rows change. */
  readonly changes: ChangeFeed;
  /** The newest time of the server that this page knows: what is stored when it opens, and what it is told since. */
  serverTime: string | undefined;
  /** Called when opening begins to upgrade what is stored. */
  onUpgrade: (() => void) | undefined;
  #superseded = false;
  /** The newest version that this release knows. */
  readonly #known: number;
  readonly #living = new Map<EntityName, TableRows<EntityName>>();

  constructor(userId: string, options?: DexieOptions) {
    // `living` already caches rows that are read often. Dexie's cache would clone them for every query and cost more
    // than it saves.
    const factory = (options?.indexedDB as IDBFactory | undefined) ?? globalThis.indexedDB;
    super(databaseName(userId), {
      cache: 'disabled',
      ...options,
      // If there is no IndexedDB, Dexie says so when it opens.
      ...(factory && { indexedDB: followed(factory, () => this.onUpgrade?.()) }),
    });
    this.use({ stack: 'dbcore', name: 'sort keys', create: sortKeysIn });
    this.changes = new ChangeFeed(this, options === undefined);
    // A tab that wants to delete or upgrade the database must not wait, and this one must not write into the result.
    this.on('versionchange', ({ newVersion }) => {
      this.#superseded = this.#isNewer(newVersion ?? 0);
      this.close();
      return false;
    });
    this.version(1).stores({
      ...entityTables,
      outbox: '++seq, state, [entity+id]',
      events: '++seq',
      base_rows: '[entity+id]',
      meta: 'key',
    });
    // All rows of a new database will have their keys, so a first sync need not be followed by a rebuild.
    this.on('populate', (transaction) =>
      transaction.table<Meta>('meta').add({ key: 'sort_keys', value: { rule: sortKeyRule } }),
    );
    // The rows that an older release stored get their keys after the first paint (`rebuild-keys`).
    this.version(1 + sortKeyRule).stores(keyedTables);
    this.#known = this.verno;
  }

  /** Another tab runs a release whose database has another schema, so this one no longer writes. */
  get superseded(): boolean {
    return this.#superseded || this.#isNewer((this.backendDB() as IDBDatabase | null)?.version ?? 0);
  }

  /** Dexie counts in tenths, for changes within a version. */
  #isNewer(version: number): boolean {
    return version >= (this.#known + 1) * 10;
  }

  /** The table of an entity, typed by its name. */
  rows<E extends EntityName>(entity: E): Table<Row<E>, string> {
    return this.table(entity);
  }

  /** The table of an entity that is known only when the app runs. */
  rowsOf(entity: EntityName): Table<Row, string> {
    return this.table(entity);
  }

  /** The living rows of an entity, kept in memory from the first time on. */
  living<E extends EntityName>(entity: E): TableRows<E> {
    const kept = this.#living.get(entity) ?? new TableRows<EntityName>(this, entity);
    this.#living.set(entity, kept);
    return kept as unknown as TableRows<E>;
  }
}
