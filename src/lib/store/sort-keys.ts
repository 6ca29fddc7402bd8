import type { DBCore, DBCoreMutateRequest } from 'dexie';
import { contactSortName } from '$lib/entities/contact';
import { dealPlace } from '$lib/entities/deal';
import type { Row } from '$lib/entities/registry';
import { taskPlace } from '$lib/entities/task';
import { nameKey } from '$lib/text/name-key';

/**
 * The number of the rule that makes the sort keys. Count it up when a row gets another key. It is also a version of the
 * database, so no tab of an older release can store keys of the old rule among those of the new one.
 */
export const sortKeyRule = 1;

/** The field of a stored row that holds its sort key. Deleted rows, archived deals and completed tasks
 * have none, so the index holds what a list shows first and nothing else. */
export const sortKey = 'sort_key';

export type Keyed = 'companies' | 'contacts' | 'deals' | 'tasks';

/** The key of a living row; `undefined` if its list shows the row only to those who ask for it. */
const keyOf: { [E in Keyed]: (row: Row<E>) => string | undefined } = {
  companies: ({ name }) => nameKey(name ?? ''),
  contacts: (contact) => nameKey(contactSortName(contact)),
  deals: (deal) => (deal.archived_at ? undefined : dealPlace(deal)),
  tasks: (task) => (task.done_at ? undefined : taskPlace(task)),
};

/** The entities whose rows have a sort key. */
export const keyedEntities = Object.keys(keyOf) as Keyed[];

const isKeyed = (table: string): table is Keyed => Object.hasOwn(keyOf, table);

/**
 * A row as it is stored, with the key of its place in its list. Everything that stores a row calls this. It does not
 * change `row`, and returns it as it is if its table has no keys.
 */
export function withSortKey<T extends object>(table: string, row: T): T {
  if (!isKeyed(table)) return row;
  const stored: T & { sort_key?: string; deleted_at?: unknown } = { ...row };
  const makeKey = keyOf[table] as (row: object) => string | undefined;
  const key = stored.deleted_at === null ? makeKey(row) : undefined;
  if (key === undefined) delete stored.sort_key;
  else stored.sort_key = key;
  return stored;
}

/** The layer below Dexie's tables in which every row that is put gets its key. */
export const sortKeysIn = (core: DBCore): DBCore => ({
  ...core,
  table: (name) => {
    const table = core.table(name);
    if (!isKeyed(name)) return table;
    return { ...table, mutate: (request) => table.mutate(keyed(name, request)) };
  },
});

function keyed(table: string, request: DBCoreMutateRequest): DBCoreMutateRequest {
  if (request.type !== 'put' && request.type !== 'add') return request;
  return { ...request, values: request.values.map((row: object) => withSortKey(table, row)) };
}
