import { command } from './command.ts';
import { newMigration } from './new-migration.ts';

const TEMPLATE = `-- What this changes, and why.
--
-- Expand, then contract: apps of the version before still push and pull while devices update. Add now; drop or rename
-- in a later release, when no such app is left.
`;

/** `npm run db:new -- <name>`: a new file in supabase/migrations, to be written by hand. */
command(async (words) => {
  console.log(`Write the migration in ${await newMigration(words.join(' '), TEMPLATE)}`);
  console.log('Then: npm run db:lint');
});
