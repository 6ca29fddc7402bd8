import { randomUUID } from 'node:crypto';
import type { Sql, TransactionSql } from 'postgres';

class RollBack extends Error {}

interface PushAnswer {
  results?: { status: string }[];
  code?: string;
}

interface PullAnswer {
  changes?: { entity: string; columns: string[]; rows: unknown[][] }[];
}

/**
 * Pushes a contact and pulls it again, as a member who exists only for this test, and rolls everything back. The
 * session identifies itself as the smoke test, so the open maintenance window lets it in. Returns how long it took, in
 * milliseconds.
 *
 * @throws with the server's answer
 */
export async function smokeTest(sql: Sql): Promise<number> {
  const started = Date.now();
  try {
    await sql.begin(async (transaction) => {
      const member = randomUUID();
      await transaction`
        insert into public.members (id, email, full_name, role) values (${member}, ${`${member}@example.com`}, 'Smoke test', 'rep')`;
      await actAs(transaction, member);
      await pushAndPull(transaction);
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  return Date.now() - started;
}

async function actAs(transaction: TransactionSql, member: string): Promise<void> {
  const claims = JSON.stringify({ sub: member, role: 'authenticated' });
  await transaction`select set_config('crm.smoke_test', 'on', true), set_config('request.jwt.claims', ${claims}, true)`;
  await transaction`set local role authenticated`;
}

async function pushAndPull(transaction: TransactionSql): Promise<void> {
  const [served] = await transaction`select private.protocol() as protocol`;
  const envelope = { protocol: served?.protocol as number, client_id: randomUUID() };
  const id = randomUUID();
  const now = new Date().toISOString();
  const mutation = {
    ...{ mutation_id: randomUUID(), seq: 1, entity: 'contacts', id, op: 'insert', occurred_at: now },
    ...{ base: {}, patch: { first_name: 'Smoke', last_name: 'Test' } },
  };
  const request = { ...envelope, sent_at: now, mutations: [mutation], events: [] };
  const [pushed] = await transaction`select api.sync_push(${transaction.json(request)}) as answer`;
  const answer = pushed?.answer as PushAnswer;
  if (answer.results?.[0]?.status !== 'applied')
    throw new Error(`The smoke test's push was not applied: ${JSON.stringify(answer)}`);

  const pull = { ...envelope, cursor: null, page: null, limit: 2000 };
  const [pulled] = await transaction`select api.sync_pull(${transaction.json(pull)}) as answer`;
  if (!(pulled?.answer as PullAnswer).changes)
    throw new Error(`The smoke test's pull failed: ${JSON.stringify(pulled?.answer)}`);
}
