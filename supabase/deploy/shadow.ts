import postgres from 'postgres';
import type { Cluster } from './cluster.ts';
import { applyAll, type Migration } from './migrations.ts';

/** Makes a database from migrations alone and returns its URL: what the files say, and nothing else. */
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
