import { parseArgs } from 'node:util';
import { command } from './command.ts';
import { deploy } from './deploy.ts';
import { MIGRATIONS } from './migrations.ts';
import { terminal } from './progress.ts';
import { reportLines } from './report.ts';
import { backupDirectory, databaseUrl } from './settings.ts';
import { releaseWindow } from './steps/release.ts';

const USAGE = `npm run db:deploy -- [options]   migrates DATABASE_URL to the schema of this checkout
  --admin <email>   on the first deployment: the person to invite as admin
  --open-now        opens a maintenance window now if none is open
  --any-hour        deploys outside the off-hours too (DEPLOY_OFF_HOURS, DEPLOY_TIME_ZONE)
  --allow-dirty     deploys with uncommitted changes in the work tree
  --accept-drift    deploys although the live schema differs from its migrations
  --release         only closes a window that a deploy left held, after checking that the database is whole`;

command(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      admin: { type: 'string' },
      'open-now': { type: 'boolean' },
      'any-hour': { type: 'boolean' },
      'allow-dirty': { type: 'boolean' },
      'accept-drift': { type: 'boolean' },
      release: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const url = databaseUrl(process.env);
  if (values.release) return console.log(await releaseWindow(url));
  const report = await deploy({
    url,
    migrations: MIGRATIONS,
    backups: backupDirectory(process.env),
    progress: terminal,
    adminEmail: values.admin ?? process.env.ADMIN_EMAIL,
    openNow: values['open-now'] ?? false,
    anyHour: values['any-hour'] ?? false,
    allowDirty: values['allow-dirty'] ?? false,
    acceptDrift: values['accept-drift'] ?? false,
  });
  console.log(`\n${reportLines(report).join('\n')}`);
});
