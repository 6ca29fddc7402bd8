import Dexie from 'dexie';
import { entityNames } from '$lib/entities/registry';
import { pageLife } from '$lib/lifecycle/page-life';
import type { CrmDatabase } from './database';
import { databaseName } from './database-name';

const stays = 'client_id';

/** Takes every record and mutation off the device; unsent events and the installation's id stay. */
export async function clearWorkingSet(db: CrmDatabase): Promise<void> {
  const tables = [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows];
  await pageLife.untilDone(() =>
    db.transaction('rw', [...tables, db.meta], async () => {
      for (const table of tables) await table.clear();
      // Whatever is kept beside the records: the rows of an import under way, pages of the log.
      await db.meta.where('key').notEqual(stays).delete();
    }),
  );
}

/** Deletes a person's database from this device. */
export async function deleteWorkingSet(userId: string): Promise<void> {
  await Dexie.delete(databaseName(userId));
}
