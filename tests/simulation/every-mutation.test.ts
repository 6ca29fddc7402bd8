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

/** Coming and going needs a browser's own storage and the sign-in server: tests/e2e holds these against the log. */
const inTheBrowser = [
  'session/sign-in#acceptInvitation',
  'session/sign-in#signIn',
  'session/sign-out#leaveDeactivated',
  'session/sign-out#signOut',
];

test('whatever the features export that writes, records or asks the server is used here', () => {
  expect(writers()).toEqual([...Object.keys(uses), ...inTheBrowser].sort());
});

test('no component writes or records by itself', () => {
  expect(writingComponents()).toEqual([]);
});

/** Each use has records of its own. */
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

test('a change that is taken back before it is sent leaves that', async () => {
  await saveContactField(mine().contact, 'background', 'Unsent');
  const [entry] = await office.store.db.outbox.where('state').equals('pending').toArray();
  await discardMutation(office.store, entry?.seq ?? 0);
  await office.sync();
  expect(await office.logged()).toEqual(['discard contacts']);
});
