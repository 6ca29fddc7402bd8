import { readFile } from 'node:fs/promises';
import { OWNER } from '../platform/platform.ts';
import { runScripts } from '../postgres/connect.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { command, Refusal } from './command.ts';
import { describe, lintFiles } from './lint.ts';
import { readMigrations, type Migration } from './migrations.ts';
import { newMigration } from './new-migration.ts';
import { expectDatabase } from './expect-database.ts';
import { diffDatabases } from './diff-databases.ts';
import { buildShadow } from './shadow.ts';

const USAGE = `Choose what to compare the migrations with:
  DATABASE_URL=postgresql://… npm run db:diff -- <name>     a Postgres that you changed by hand
  npm run db:diff -- <name> --draft <file.sql>              statements to try on top of the migrations`;

/** `npm run db:diff -- <name>`: writes a new migration with what a changed database has beyond the migrations. */
command(async (args) => {
  const at = args.indexOf('--draft');
  const draft = at >= 0 ? args.splice(at, 2)[1] : undefined;
  const changedUrl = process.env.DATABASE_URL;
  if (args.length === 0) throw new Refusal('Name the migration: npm run db:diff -- <name>');
  if (!draft && !changedUrl) throw new Refusal(USAGE);
  if (changedUrl && !draft) await expectDatabase(changedUrl);
  const migrations = await readMigrations();
  const cluster = await startCluster();
  try {
    const owner = changedUrl && !draft ? decodeURIComponent(new URL(changedUrl).username) : OWNER;
    const shadow = await buildShadow(cluster, 'shadow', migrations, owner);
    const changed = draft ? await withDraft(cluster, migrations, draft) : (changedUrl ?? '');
    const changes = await diffDatabases(shadow, changed, owner);
    if (!changes) return console.log('No differences: the migrations describe this database.');
    await writeAndCheck(cluster, { changed, changes, name: args.join(' '), owner });
  } finally {
    await cluster.stop();
  }
});

async function withDraft(cluster: Cluster, migrations: Migration[], draft: string): Promise<string> {
  const url = await buildShadow(cluster, 'draft', migrations);
  await runScripts(url, await readFile(draft, 'utf8'));
  return url;
}

interface Difference {
  changed: string;
  changes: string;
  name: string;
  owner: string;
}

/**
 * Writes the file, applies it to a fresh shadow database, and prints what it does not cover and what the linter finds.
 */
async function writeAndCheck(cluster: Cluster, { changed, changes, name, owner }: Difference): Promise<void> {
  const path = await newMigration(name, `-- ${name}\n\n${changes}\n`);
  const migrations = await readMigrations();
  console.log(`Wrote ${path}. Review it: the diff does not know why something changed.\n`);
  console.log(changes);
  const again = await diffDatabases(await buildShadow(cluster, 'check', migrations, owner), changed, owner);
  if (again) console.log(`\nThese differences remain after applying it to a fresh database:\n${again}`);
  else console.log('\nApplied to a fresh database, it produces exactly the changed schema.');
  const { findings } = await lintFiles(migrations.slice(-1));
  for (const finding of findings) console.log(`Lint: ${describe(finding)}`);
}
