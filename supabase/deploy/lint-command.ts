import { startCluster } from './cluster.ts';
import { command, Refusal } from './command.ts';
import { describe, lintDatabase, lintFiles } from './lint.ts';
import { lintHistory } from './lint-history.ts';
import { readMigrations } from './migrations.ts';
import { lintTags, readReleased } from './release.ts';
import { buildShadow } from './shadow.ts';

/** `npm run db:lint`: lints every migration file, their history, and the database they create on a local Postgres. */
command(async () => {
  const migrations = await readMigrations();
  const files = await lintFiles(migrations);
  const released = await readReleased();
  const history = [...lintHistory(migrations, released), ...(await lintTags(released))];
  const cluster = await startCluster();
  try {
    const database = await lintDatabase(await buildShadow(cluster, 'lint', migrations));
    for (const line of [...files.lines, ...database.lines]) console.log(line);
    const findings = [...files.findings, ...history, ...database.findings];
    if (findings.length > 0) throw new Refusal(findings.map(describe).join('\n'));
    console.log('Nothing found.');
  } finally {
    await cluster.stop();
  }
});
