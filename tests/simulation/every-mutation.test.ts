// @vitest-environment jsdom
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { saveContactField } from '$lib/features/contacts/mutations';
import { discardMutation } from '$lib/store/discard';
import { Office, type Known } from './office';
import { uses } from './uses';
import { writers, writingComponents } from './writers';

let office: Office;
vi.mock('$lib/remote/rpc', () => ({
  callRpc: (name: string, request: object) => office.call(name, request),
}));
let known: Known[];
beforeAll(async () => {
  office = await Office.open();
  known = await office.arrange(Object.keys(uses).length + 1);
  Office.stubDownloads();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await office.close();
});

/** Signing in and out needs a browser's own storage and the sign-in server: tests/e2e checks these against the log. */
const inTheBrowser = [
  'shared/session/sign-in#acceptInvitation',
  'shared/session/sign-in#signIn',
  'shared/session/sign-out#leaveDeactivated',
  'shared/session/sign-out#signOut',
];

test('uses every export of the features that writes or logs', () => {
  expect(writers()).toEqual([...Object.keys(uses), ...inTheBrowser].sort());
});

test('no component writes or logs by itself', () => {
  expect(writingComponents()).toEqual([]);
});

/** Each use has its own records. */
const mine = (): Known => {
  const next = known.pop();
  if (!next) throw new Error('There are too few records.');
  return next;
};

test.each(Object.entries(uses))('%s leaves its entries in the log, once', async (_, [use, ...logged]) => {
  await use(mine());
  await office.sync();
  expect(await office.logged()).toEqual(logged.sort());
});

test('logs that a change was discarded before it was sent', async () => {
  await saveContactField(mine().contact, 'background', 'Unsent');
  const [entry] = await office.store.db.outbox.where('state').equals('pending').toArray();
  await discardMutation(office.store, entry?.seq ?? 0);
  await office.sync();
  expect(await office.logged()).toEqual(['discard contacts']);
});
