import { withConnection } from '../postgres/connect.ts';
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
  await withConnection(url, (sql) => applyAll(sql, migrations));
  return url;
}
