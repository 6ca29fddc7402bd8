import { command } from './command.ts';
import { readMigrations } from './migrations.ts';
import { counted } from './progress.ts';
import { recordRelease } from './release.ts';

/** `npm run db:release`: records the migration files of a release. Run it before the release is tagged. */
command(async () => {
  const recorded = await recordRelease(await readMigrations());
  console.log(
    recorded.length === 0
      ? 'Every migration was released before.'
      : `${counted(recorded.length, 'migration')} recorded. Commit supabase/deploy/released.json, then tag the release.`,
  );
});
