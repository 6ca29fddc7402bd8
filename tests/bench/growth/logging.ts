import { rep2 } from '../../../supabase/embedded/seed/accounts';
import { median } from '../report/figures';
import type { BenchServer } from '../server/server';
import { Caller } from '../server/session';

const rounds = 7;
const writes = 1000;
const mostPerCall = 500;

/** How many times as long a push of 1,000 writes takes with the log as without: the median of alternating rounds. */
export async function measureLogging(server: BenchServer): Promise<number> {
  const { database } = server.backend;
  const device = new Caller(server, rep2.id);
  const push = async () => {
    const records = await device.records(writes);
    let ms = 0;
    for (let from = 0; from < writes; from += mostPerCall)
      ms += (await device.push(records.slice(from, from + mostPerCall))).ms;
    return ms;
  };
  await push();
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const logged = await push();
    await database.query('alter table public.contacts disable trigger log_updates');
    const bare = await push();
    await database.query('alter table public.contacts enable trigger log_updates');
    ratios.push(logged / bare);
  }
  return median(ratios);
}
