import type { Sql, TransactionSql } from 'postgres';

/** A table in a backup. */
export interface Table {
  /** Quoted, with its schema. */
  name: string;
  /** The owner, if that is not the current role. */
  owner: string | null;
  /** Unquoted, without generated columns and without `xid`: a restored row belongs to the restoring transaction. */
  columns: string[];
  key: string[];
}

/** Accounts live in the platform's schema and are needed to sign in. The platform manages the rest of that schema. */
const ACCOUNT_TABLES = ['auth.users', 'auth.identities'];

/** Whether the table belongs to the platform, so that its columns may differ on another server. */
export const isAccountTable = ({ name }: Pick<Table, 'name'>) => ACCOUNT_TABLES.includes(name);

/** Lists the tables of this product and of its accounts, each after the tables it references. */
export async function listTables(sql: Sql | TransactionSql): Promise<Table[]> {
  const tables = await sql<(Table & { refers_to: string[] })[]>`
    select format('%I.%I', n.nspname, c.relname) as name,
      case when c.relowner <> current_user::regrole and pg_has_role(current_user, c.relowner, 'member')
        then pg_get_userbyid(c.relowner) end as owner,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname <> 'xid'
        order by a.attnum) as columns,
      array(select a.attname::text from pg_index i
        cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary order by k.place) as key,
      array(select format('%I.%I', rn.nspname, r.relname)
        from pg_constraint f join pg_class r on r.oid = f.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers_to
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r'
      and (n.nspname in ('public', 'private') or n.nspname || '.' || c.relname = any(${ACCOUNT_TABLES}))
    order by n.nspname <> 'auth', c.relname`;
  const names = new Set(tables.map(({ name }) => name));
  return inOrder(
    tables.map((table) => ({ ...table, refers_to: table.refers_to.filter((name) => names.has(name)) })),
  );
}

/** Sorts tables so that each comes after the tables it references. */
function inOrder<T extends { name: string; refers_to: string[] }>(tables: T[]): T[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: T[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter((table) => table.refers_to.every((name) => !left.has(name)));
    if (free.length === 0)
      throw new Error(`These tables reference each other in a cycle: ${[...left.keys()].join(', ')}`);
    for (const table of free) {
      left.delete(table.name);
      sorted.push(table);
    }
  }
  return sorted;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const list = (names: string[]) => names.map(quoted).join(', ');
