import { command } from './command.ts';
import { newMigration } from './new-migration.ts';

const TEMPLATE = `-- What this changes, and why.
--
-- Expand, then contract: apps on the previous version still push and pull while devices update. Add now; drop or rename
-- in a later release, when no device runs such an app.
`;

/** `npm run db:new -- <name>`: creates an empty file in supabase/migrations. */
command(async (words) => {
  console.log(`Write the migration in ${await newMigration(words.join(' '), TEMPLATE)}`);
  console.log('Then: npm run db:lint');
});
