import postgres from 'postgres';
import type { Cluster } from './cluster.ts';
import { applyAll, type Migration } from './migrations.ts';

/** Creates a database from the migrations alone and returns its URL. */
export async function buildShadow(
  cluster: Cluster,
  name: string,
  migrations: Migration[],
  owner?: string,
): Promise<string> {
  const url = await cluster.createDatabase(name, owner);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await applyAll(sql, migrations);
  } finally {
    await sql.end();
  }
  return url;
}
