import type { Fault } from './fault';

const releasesTest = 'tests/simulation/releases.test.ts';
const thisRelease = 'src/lib/shell/pwa/this-release.ts';
const thisReleaseTest = 'src/lib/shell/pwa/this-release.test.ts';

/** Faults that show when releases meet, or when a part of the app does not come. */
export const releaseFaults: Fault[] = [
  {
    row: 1,
    name: 'a device never asks for the columns that it lacks',
    file: 'src/lib/sync/pull.ts',
    from: 'cursor && !page ? await lackingFields(this.store.db) : undefined',
    to: 'cursor && !page && !lackingFields ? {} : undefined',
    test: { file: releasesTest, name: 'fills a new column on every row after the update' },
  },
  {
    row: 1,
    name: 'the fingerprint of a schema does not follow its words',
    file: 'src/lib/entities/fingerprint.ts',
    from: '[field, hash(description(type))]',
    to: '[field, hash(field + typeof description(type))]',
    test: { file: releasesTest, name: 'fetches rows with a new word after the update' },
  },
  {
    row: 1,
    name: 'digests compare versions only',
    file: 'src/lib/sync/verify.ts',
    from: "(['count', 'ids', 'versions', 'content'] as const)",
    to: "(['count', 'ids', 'versions'] as const)",
    test: { file: releasesTest, name: 'the device check finds a missing column despite equal versions' },
  },
  {
    row: 3,
    name: 'one row that the app cannot read stops the pull',
    file: 'src/lib/remote/wire.ts',
    from: 'else change.unreadable.push(unreadable(named, error));',
    to: 'else throw error ?? unreadable;',
    test: { file: releasesTest, name: 'fetches rows with a new word after the update' },
  },
  {
    row: 3,
    name: 'the app reads less than the server accepts',
    file: 'src/lib/entities/fields.ts',
    from: 'value: requiredText, label: text',
    to: 'value: requiredText, label: requiredText',
    test: {
      file: 'tests/db/strict-values.test.ts',
      name: 'app and server agree on each value of each field of new',
      case: ' contacts',
    },
  },
  {
    row: 4,
    name: 'a failed import of the sign-in code is remembered',
    file: 'src/lib/remote/client.ts',
    from: 'client = undefined;\n',
    to: '',
    test: {
      file: 'src/lib/remote/client.test.ts',
      name: 'the next call loads what could not be loaded before',
    },
  },
  {
    row: 4,
    name: 'a failed reading of the records is remembered by the search',
    file: 'src/lib/shell/search/corpus.ts',
    from: 'this.#opening = undefined;\n      throw cause;',
    to: 'throw cause;',
    test: {
      file: 'src/lib/shell/search/corpus.test.ts',
      name: 'after a failed read, the next search reads again',
    },
  },
  {
    row: 4,
    name: 'a search worker that could not start is not started again',
    file: 'src/lib/shell/search/searcher.svelte.ts',
    from: 'this.#timer = setTimeout(() => this.#askAgain(), wait);',
    to: 'void wait;',
    test: {
      file: 'src/lib/shell/search/searcher.svelte.test.ts',
      name: 'a search that could not start retries and answers',
    },
  },
  {
    row: 4,
    name: 'a part that nobody waits for is asked for once',
    file: 'src/lib/lifecycle/lost-code.ts',
    from: 'if (!this.is(cause)) throw cause;',
    to: 'throw cause;',
    test: {
      file: 'src/lib/lifecycle/lost-code.test.ts',
      name: 'a lost part is requested again until it loads',
    },
  },
  {
    row: 6,
    name: 'a first installation that was cut off is not retried',
    file: 'src/lib/shared/device/installation.svelte.ts',
    from: 'this.#timer = setTimeout(() => void this.#try(), wait);',
    to: 'void wait;',
    test: {
      file: 'src/lib/shared/device/installation.svelte.test.ts',
      name: 'retries an interrupted installation until the app is stored',
    },
  },
  {
    row: 7,
    name: 'the service worker stores the page of another release',
    file: thisRelease,
    from: 'if (pathname === page && !isPageOf(files, await response.clone().text())) return null;',
    to: '',
    test: { file: thisReleaseTest, name: 'the page of another release is not stored' },
  },
  {
    row: 7,
    name: 'the service worker stores a page in place of a missing file',
    file: thisRelease,
    from: 'if (!response.ok || !isOfItsType(pathname, page, response)) return null;',
    to: 'if (!response.ok) return null;',
    test: { file: thisReleaseTest, name: 'a page served instead of a missing file is not stored' },
  },
  {
    row: 12,
    name: 'the sign-in page shows what the browser says',
    file: 'src/routes/login/entry.ts',
    from: 'if (lostCode.is(cause))',
    to: 'if (cause instanceof Error) return { text: cause.message };\n  if (lostCode.is(cause))',
    test: {
      file: 'src/routes/login/entry.test.ts',
      name: "shows our own words about a failure, never the browser's",
    },
  },
  {
    row: 20,
    name: 'the end of a session wipes the device',
    file: 'src/lib/remote/reply.ts',
    from: "if (status === 401) return failure('unauthenticated',",
    to: "if (status === 401) return failure('deactivated',",
    test: {
      file: 'src/lib/remote/token-renewal.test.ts',
      name: 'a session that has ended for good asks for the password',
    },
  },
];
