import type { World } from './world';

const anyId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** The number of records whose history is printed: the first ones that a failure names. */
const most = 4;

/**
 * The history of the records that a failure names, oldest first: who wrote what on which tablet, what the server
 * answered and logged, and the record's current state everywhere. The server's timing does not follow the seed, so a
 * failure may not repeat, and this is all there is to learn from.
 */
export async function historyOf(world: World, failure: string): Promise<string> {
  const ids = [...new Set(failure.match(anyId) ?? [])].slice(0, most);
  const stories = await Promise.all(ids.map((id) => storyOf(world, id)));
  return stories.filter((story) => story !== '').join('\n');
}

async function storyOf(world: World, id: string): Promise<string> {
  const made = [...world.ledger.mutations.values()].filter(
    (mutation) => mutation.id === id || JSON.stringify(mutation.patch).includes(id),
  );
  const entity = made.find((mutation) => mutation.id === id)?.entity;
  if (!entity) return '';
  const receipts = await world.db.query(
    'select mutation_id, status, version, code from private.receipts where mutation_id = any($1)',
    [made.map(({ mutation_id }) => mutation_id)],
  );
  const answers = new Map(receipts.map(({ mutation_id, ...answer }) => [mutation_id, answer]));
  const lines = made.map(({ mutation_id, seq, userId, op, base_version, base, patch, id: of }) => {
    const answer = answers.get(mutation_id) ?? 'no receipt';
    return { seq, userId, op, of, base_version, base, patch, answer };
  });
  const logged = await world.db.query(
    `select "timestamp", user_id, action, changes from public.activity_logs where entity_id = $1 and action <> 'view'
     order by "timestamp"`,
    [id],
  );
  const server = await world.db.query(`select * from public.${entity} where id = $1`, [id]);
  const tablets = await Promise.all(
    world.devices.map(async ({ name, userId, store: { db } }) => ({
      name,
      userId,
      row: await db.rows(entity).get(id),
      base: await db.base_rows.get([entity, id]),
      outbox: (await db.outbox.where('[entity+id]').equals([entity, id]).toArray()).map(
        ({ seq, op, state, result }) => ({ seq, op, state, result }),
      ),
    })),
  );
  const told = { mutations: lines, logged, server, tablets };
  const parts = Object.entries(told).map(
    ([part, rows]) => `  ${part}:\n${rows.map((row) => `    ${JSON.stringify(row)}`).join('\n')}`,
  );
  return `${entity} ${id}\n${parts.join('\n')}`;
}
