import type { Sql } from 'postgres';
import { compareCatalogs, readCatalog, type Catalog } from '../catalog.ts';
import { smokeTest } from './smoke.ts';

/**
 * Checks a database after the push: it has exactly the schema that was rehearsed, its health is good, and a push and a
 * pull work. `accepted` are known differences from before. Returns a line for each check.
 *
 * @throws with what is wrong
 */
export async function verify(sql: Sql, expected: Catalog, accepted: string[] = []): Promise<string[]> {
  const differences = compareCatalogs(expected, await readCatalog(sql)).filter(
    (line) => !accepted.includes(line),
  );
  if (differences.length > 0)
    throw new Error(`The schema differs from the rehearsed one:\n${differences.join('\n')}`);
  const [health] = await sql`select api.health() as word`;
  if (health?.word !== 'crm-ok') {
    throw new Error(
      `The health is ${String(health?.word)}: run  select private.enforce_retention();  and deploy again.`,
    );
  }
  const ms = await smokeTest(sql);
  return [
    `schema: ${expected.size} objects as rehearsed`,
    'health: crm-ok',
    `push and pull as a member: ${ms} ms`,
  ];
}
