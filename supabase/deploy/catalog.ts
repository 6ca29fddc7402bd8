import type { Sql } from 'postgres';

/**
 * The schemas of a database: the name of each object with its definition, in a form that can be compared between
 * databases.
 */
export type Catalog = Map<string, string>;

const CLIENT_ROLES = ['anon', 'authenticated', 'service_role'];
/**
 * Functions that the platform puts into `public`, which are not ours and no drift: "Enable automatic RLS", an option when
 * a project is created, adds one for an event trigger. Nobody can call a function of that type.
 */
const PLATFORM_FUNCTIONS = ['rls_auto_enable'];
/** Tables whose rows are part of the schema: the server's list of entities and their merge rules. */
const REFERENCE_TABLES = ['private.entities', 'private.fields'];

/** Reads the schemas `public`, `api` and `private` and the triggers this product puts elsewhere. */
export async function readCatalog(sql: Sql): Promise<Catalog> {
  const rows = await sql.begin('isolation level repeatable read', async (transaction) => {
    await transaction.unsafe(`set local search_path = ''`);
    const objects = await transaction<{ name: string; definition: string }[]>`
      with ns as (select oid, nspname from pg_catalog.pg_namespace where nspname in ('public', 'api', 'private')),
      functions as (
        select p.* from pg_proc p join ns n on n.oid = p.pronamespace
        where not (n.nspname = 'public' and p.proname = any(${PLATFORM_FUNCTIONS}::text[])
          and p.prorettype = 'event_trigger'::regtype)
      )
      select 'table ' || format('%I.%I', n.nspname, c.relname) as name,
        concat_ws(' ', c.relkind, c.relrowsecurity, c.relforcerowsecurity, (
          select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attname)
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as definition
      from pg_class c join ns n on n.oid = c.relnamespace where c.relkind in ('r', 'v', 'm')
      union all
      select 'constraint ' || format('%s %I', k.conrelid::regclass, k.conname), pg_get_constraintdef(k.oid)
      from pg_constraint k join ns n on n.oid = k.connamespace where k.contype in ('c', 'f', 'p', 'u', 'x')
      union all
      select 'index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
      from pg_index i join pg_class c on c.oid = i.indrelid join ns n on n.oid = c.relnamespace
      union all
      select 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)
        || case when pg_get_userbyid(p.proowner) = 'crm_logger' then ' owned by crm_logger' else '' end
      from functions p where p.prokind in ('f', 'p')
      union all
      select 'trigger ' || format('%s %I', t.tgrelid::regclass, t.tgname),
        -- Versions of the platform use different text types for the same column.
        regexp_replace(pg_get_triggerdef(t.oid), '\\(((new|old)\\.\\w+)\\)::text', '\\1', 'g') || ' ' || t.tgenabled::text
      from pg_trigger t join pg_proc p on p.oid = t.tgfoid join ns n on n.oid = p.pronamespace where not t.tgisinternal
      union all
      select 'policy ' || format('%I.%I %I', schemaname, tablename, policyname),
        concat_ws(' ', permissive, roles, cmd, qual, with_check)
      from pg_policies where schemaname in ('public', 'api', 'private')
      union all
      select 'rights ' || r || ' on function ' || p.oid::regprocedure, 'execute'
      from unnest(${CLIENT_ROLES}::text[]) r, functions p
      where has_function_privilege(r, p.oid, 'execute')
      union all
      select 'rights ' || r || ' on schema ' || n.nspname, 'usage'
      from unnest(${CLIENT_ROLES}::text[]) r, ns n where has_schema_privilege(r, n.oid, 'usage')
      union all
      select 'rights ' || r || ' on table ' || format('%I.%I', n.nspname, c.relname), string_agg(p, ' ' order by p)
      from unnest(${CLIENT_ROLES}::text[]) r, unnest('{select,insert,update,delete,truncate}'::text[]) p,
        pg_class c join ns n on n.oid = c.relnamespace
      where c.relkind in ('r', 'v', 'm') and has_table_privilege(r, c.oid, p)
      group by 1`;
    for (const name of REFERENCE_TABLES) {
      const [table] = await transaction`select to_regclass(${name}) is not null as exists`;
      if (!table?.exists) continue;
      const [content] = await transaction.unsafe(
        `select string_agg(to_jsonb(t)::text, e'\\n' order by to_jsonb(t)::text) as definition from ${name} t`,
      );
      objects.push({ name: `rows of ${name}`, definition: String(content?.definition) });
    }
    return objects;
  });
  return new Map(rows.map(({ name, definition }) => [name, definition]));
}

/** Compares two catalogs and returns the differences, one line for each object; empty if they agree. */
export function compareCatalogs(expected: Catalog, found: Catalog): string[] {
  const lines: string[] = [];
  for (const [name, definition] of expected) {
    const other = found.get(name);
    if (other === undefined) lines.push(`missing: ${name}`);
    else if (other !== definition) lines.push(`different: ${name}`);
  }
  for (const name of found.keys()) if (!expected.has(name)) lines.push(`not from a migration: ${name}`);
  return lines.sort();
}
