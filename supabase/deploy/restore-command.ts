import { command, Refusal } from './command.ts';
import { restoreAndVerify } from './restore-and-verify.ts';
import { terminal } from './progress.ts';
import { databaseUrl } from './settings.ts';

/** `npm run db:restore -- <backup folder> --yes`: puts DATABASE_URL back to a backup. */
command(async (args) => {
  const folder = args.find((arg) => !arg.startsWith('--'));
  if (!folder) throw new Refusal('Which backup? npm run db:restore -- <backup folder> --yes');
  const url = databaseUrl(process.env);
  const target = new URL(url);
  if (!args.includes('--yes')) {
    throw new Refusal(
      `This replaces everything in ${target.hostname}${target.pathname} by ${folder}. ` +
        'Devices offer again what they pushed in the last 14 days. If that is what you want, add --yes.',
    );
  }
  for (const line of await restoreAndVerify(url, folder, terminal.note)) console.log(line);
});
