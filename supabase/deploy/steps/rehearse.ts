import type { Sql } from 'postgres';
import { withConnection } from '../../postgres/connect.ts';
import { compareCatalogs, readCatalog, type Catalog } from '../catalog.ts';
import type { Cluster } from '../cluster.ts';
import { Refusal } from '../command.ts';
import { describe, lintDatabase } from '../lint.ts';
import { applyAll, type Migration } from '../migrations.ts';
import { counted } from '../progress.ts';
import { smokeTest } from './smoke.ts';

export interface Rehearsal {
  /** The schema that the live database must have after the deploy. */
  expected: Catalog;
  /** The accepted differences that exist before the deploy, in the format of `compareCatalogs`. */
  drift: string[];
  lines: string[];
}

/**
 * Builds what the live database should be now on a fresh local database and compares the two. Then applies the pending
 * migrations there, lints the result, and tries a push and a pull on it.
 *
 * @throws Refusal if the live schema differs from its migrations, unless `acceptDrift`, or if the linter finds
 * something
 */
export async function rehearse(
  cluster: Cluster,
  live: Sql,
  { applied, pending, acceptDrift }: { applied: Migration[]; pending: Migration[]; acceptDrift: boolean },
): Promise<Rehearsal> {
  const url = await cluster.createDatabase('rehearsal');
  return withConnection(url, async (sql) => {
    await applyAll(sql, applied);
    const drift = await checkDrift(sql, live, acceptDrift);
    const lines = drift.map((line) => `accepted: ${line}`);
    const started = Date.now();
    await applyAll(sql, pending);
    lines.push(
      `a fresh database took ${counted(pending.length, 'pending migration')} in ${Date.now() - started} ms`,
    );
    lines.push(`a push and a pull there: ${await smokeTest(sql)} ms`);
    const lint = await lintDatabase(url);
    if (lint.findings.length > 0) throw new Refusal(lint.findings.map(describe).join('\n'));
    return { expected: await readCatalog(sql), drift, lines: [...lines, ...lint.lines] };
  });
}

async function checkDrift(sql: Sql, live: Sql, acceptDrift: boolean): Promise<string[]> {
  const drift = compareCatalogs(await readCatalog(sql), await readCatalog(live));
  if (drift.length === 0 || acceptDrift) return drift;
  throw new Refusal(
    `The live schema differs from its migrations:\n${drift.join('\n')}\n` +
      'Write the difference into a migration (npm run db:diff), or undo it by hand. To deploy anyway: --accept-drift.',
  );
}
