import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push } from './rpc';

let db: Database;
beforeEach(async () => {
  db = await createDatabase();
});
afterEach(() => db.drop());

it('a refused year or currency says what is wrong with which field', async () => {
  const rep = await addMember(db, 'rep');
  const deal = (patch: Record<string, unknown>) =>
    mutation('deals', 'insert', { patch: { name: 'Menu', ...patch } });
  const { body } = await push(db, rep, [
    deal({ expected_close_on: '0206-03-12' }),
    deal({ closed_at: '9999-01-01T00:00:00Z', stage: 'closed_won' }),
    deal({ currency: 'ZZZ' }),
    deal({ expected_close_on: '2199-12-31', next_action_on: '1900-01-01', currency: 'MXN' }),
  ]);
  const years = "This date isn't valid. Use a year from 1900 to 2199.";
  const currency = 'This is not a currency code. Use three letters, like USD or EUR.';
  expect(
    body.results.map(({ status, error }: { status: string; error?: object }) => ({ status, ...error })),
  ).toEqual([
    { status: 'rejected', code: 'invalid_value', field: 'expected_close_on', message: years },
    { status: 'rejected', code: 'invalid_value', field: 'closed_at', message: years },
    { status: 'rejected', code: 'invalid_value', field: 'currency', message: currency },
    expect.objectContaining({ status: 'applied' }),
  ]);
});
