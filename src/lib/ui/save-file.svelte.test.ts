// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveFile, shareWaitingFile, waitingFile } from './save-file.svelte';

const file = new File(['Name\r\nZoë'], 'contacts-2026-11-22.csv', { type: 'text/csv;charset=utf-8' });
let downloads: string[];
let shared: (string | undefined)[];
/** The answers of the share sheet, one after the other; undefined means that the file was accepted. */
let answers: string[];

function device(facts: { standalone?: boolean; maxTouchPoints: number; canShare?: () => boolean }) {
  Object.assign(navigator, {
    share: async ({ files }: ShareData) => {
      shared.push(files?.[0]?.name);
      const answer = answers.shift();
      if (answer) throw new DOMException('', answer);
    },
  });
  for (const [name, value] of Object.entries({ standalone: undefined, canShare: () => true, ...facts }))
    Object.defineProperty(navigator, name, { value, configurable: true });
}
const homeScreen = { standalone: true, maxTouchPoints: 5 };

beforeEach(() => {
  downloads = [];
  shared = [];
  answers = [];
  URL.createObjectURL = () => 'blob:made';
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    downloads.push(this.download);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  waitingFile.current = undefined;
  for (const name of ['share', 'canShare', 'standalone', 'maxTouchPoints'])
    Reflect.deleteProperty(navigator, name);
});

test.each([
  ['a browser tab on an iPad', { standalone: false, maxTouchPoints: 5 }],
  ['an installed app on Android', { maxTouchPoints: 5 }],
  ['an app in the Dock of a Mac', { standalone: true, maxTouchPoints: 0 }],
  ['a home screen app that cannot share files', { ...homeScreen, canShare: () => false }],
])('%s downloads the file', (_, facts) => {
  device(facts);
  saveFile(file);
  expect(downloads).toEqual([file.name]);
  expect(shared).toEqual([]);
});

test('on the home screen of an iPad, opens the share sheet instead of a download', async () => {
  device(homeScreen);
  saveFile(file);
  expect(shared).toEqual([file.name]);
  await vi.waitFor(() => expect(answers).toEqual([]));
  expect(downloads).toEqual([]);
  expect(waitingFile.current).toBeUndefined();
});

test('shares a file that took too long at the next tap', async () => {
  device(homeScreen);
  answers = ['NotAllowedError'];
  saveFile(file);
  await vi.waitFor(() => expect(waitingFile.current).toBe(file));
  shareWaitingFile();
  expect(shared).toEqual([file.name, file.name]);
  expect(waitingFile.current).toBeUndefined();
  expect(downloads).toEqual([]);
});

test('closing the share sheet ends the export without a download', async () => {
  device(homeScreen);
  answers = ['AbortError'];
  saveFile(file);
  await new Promise((done) => setTimeout(done));
  expect(waitingFile.current).toBeUndefined();
  expect(downloads).toEqual([]);
});

test('a file that cannot be shared after all is downloaded', async () => {
  device(homeScreen);
  answers = ['DataError'];
  saveFile(file);
  await vi.waitFor(() => expect(downloads).toEqual([file.name]));
  answers = ['NotAllowedError'];
  waitingFile.current = file;
  shareWaitingFile();
  await vi.waitFor(() => expect(downloads).toEqual([file.name, file.name]));
});
