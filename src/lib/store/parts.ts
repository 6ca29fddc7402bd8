import Dexie, {
  RangeSet,
  type IndexableType,
  type IndexSpec,
  type IntervalTreeNode,
  type ObservabilitySet,
} from 'dexie';

/** From this many rows on, Dexie does not name the rows but says that anything in the table may have changed. */
export const tooManyToName = 50;

/** The rows written into a table, and their keys. */
export interface Writes {
  rows: object[];
  keys: IDBValidKey[];
}

/**
 * Returns the written keys in the form in which Dexie notifies its live queries: by part of the database. A part is a
 * table's primary key, an index, or `:dels`. Every query that reads keys or counts depends on `:dels`.
 */
export function partsOf(db: Dexie, written: ReadonlyMap<string, Writes>): ObservabilitySet {
  const parts: ObservabilitySet = {};
  for (const [name, { rows, keys }] of written) {
    const part = (index: string, named: IDBValidKey[]) => {
      parts[`idb://${db.name}/${name}/${index}`] =
        rows.length < tooManyToName
          ? new RangeSet().addKeys(named as IndexableType[])
          : new RangeSet(-Infinity, Dexie.maxKey);
    };
    part('', keys);
    part(':dels', keys);
    for (const index of db.table(name).schema.indexes) part(index.name, keysIn(index, rows));
  }
  return parts;
}

/** The ids of a table's rows that are named one by one. */
export function idsNamed(db: Dexie, table: string, parts: ObservabilitySet): string[] {
  return alone(parts[`idb://${db.name}/${table}/`] as Partial<IntervalTreeNode> | undefined);
}

/** Whether the rows of a table have ids of their own, and not keys of several fields or numbers that the table gives. */
export function hasIds(db: Dexie, table: string): boolean {
  const { keyPath, auto } = db.table(table).schema.primKey;
  return typeof keyPath === 'string' && !auto;
}

/** The keys of rows in an index. A row without a value for it is not in the index. */
function keysIn({ keyPath, multi }: IndexSpec, rows: object[]): IDBValidKey[] {
  const keys = rows.map((row) => Dexie.getByKeyPath(row, keyPath ?? '') as IDBValidKey | null | undefined);
  return keys.flatMap((key) => (multi ? key : [key])).filter((key) => key !== null && key !== undefined);
}

/** The keys in a tree of ranges that are no range. */
function alone(tree: Partial<IntervalTreeNode> | null | undefined): string[] {
  if (!tree) return [];
  const { from, to, l, r } = tree;
  return [...alone(l), ...(typeof from === 'string' && from === to ? [from] : []), ...alone(r)];
}
