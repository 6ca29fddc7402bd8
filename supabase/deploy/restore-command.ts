import { command, Refusal } from './command.ts';
import { restoreAndVerify } from './restore-and-verify.ts';
import { terminal } from './progress.ts';
import { databaseUrl } from './settings.ts';

/** `npm run db:restore -- <backup folder> --yes`: restores DATABASE_URL from a backup. */
command(async (args) => {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (!folder) throw new Refusal('Name the backup: npm run db:restore -- <backup folder> --yes');
  const url = databaseUrl(process.env);
  const target = new URL(url);
  if (!args.includes('--yes')) {
    throw new Refusal(
      `This replaces everything in ${target.hostname}${target.pathname} with ${folder}. ` +
        'Devices push again what they pushed in the last 14 days. To go ahead, add --yes.',
    );
  }
  for (const line of await restoreAndVerify(url, folder, terminal.note)) console.log(line);
});
