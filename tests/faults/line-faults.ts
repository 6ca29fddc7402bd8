import type { Fault } from './fault';

const slowLineTest = 'src/lib/sync/slow-line.test.ts';
const paceTest = 'src/lib/sync/request-size.test.ts';
const refusalsTest = 'src/lib/sync/refusals.test.ts';
const schedulerTest = 'src/lib/sync/scheduler.test.ts';
const rpcTest = 'src/lib/remote/rpc.test.ts';

/** Faults that show on a bad connection, or with something between the device and the server. */
export const lineFaults: Fault[] = [
  {
    row: 2,
    name: 'a request that was cut off is sent again in the same size',
    file: 'src/lib/sync/request-size.ts',
    from: 'this.#resize(this.#size / 2);',
    to: 'this.#resize(this.#size);',
    test: { file: paceTest, name: 'a request that is cut off halves the next one' },
  },
  {
    row: 2,
    name: 'requests stay small after the line got better',
    file: 'src/lib/sync/request-size.ts',
    from: 'if (reply.ok) this.#succeeded(carried(reply), took);',
    to: 'if (reply.ok) carried(reply);',
    test: { file: paceTest, name: 'requests grow again when the line gets better' },
  },
  {
    row: 2,
    name: 'every push has the same size',
    file: 'src/lib/sync/push.ts',
    from: 'nextBatch(this.store.db, this.connection.push.size, this.#skipped)',
    to: 'nextBatch(this.store.db, 900_000, this.#skipped)',
    test: { file: slowLineTest, name: 'an outbox gets through a line that carries little at a time' },
  },
  {
    row: 2,
    name: 'every page of a pull has the same size',
    file: 'src/lib/sync/pull.ts',
    from: 'const { size } = this.connection.pull;',
    to: 'const size = 2_000;',
    test: { file: slowLineTest, name: 'a first pull gets through a line that carries little at a time' },
  },
  {
    row: 2,
    name: 'the whole time of a request is limited',
    file: 'src/lib/remote/transfer.ts',
    from: 'clearTimeout(this.#timer);\n    this.#timer = setTimeout(',
    to: 'this.#timer ??= setTimeout(',
    test: {
      file: 'src/lib/remote/transfer.test.ts',
      name: 'a slow answer may take longer than the limit while it moves',
    },
  },
  {
    row: 2,
    name: 'the status says Offline until the whole pull has ended',
    file: 'src/lib/sync/pull.ts',
    from: 'this.listener?.heard();',
    to: '',
    test: { file: slowLineTest, name: 'the status is true and the count exact while the first rows arrive' },
  },
  {
    row: 2,
    name: 'the first sync counts rows that are not stored',
    file: 'src/lib/sync/pull.ts',
    from: 'const { body } = reply;',
    to: 'const { body } = reply;\n      this.#told(body);',
    test: { file: slowLineTest, name: 'the status is true and the count exact while the first rows arrive' },
  },
  {
    row: 9,
    name: 'a change that something in between refuses blocks the others',
    file: 'src/lib/sync/push.ts',
    from: 'if (failed && isForeign(failed) && (await this.#mayPass(failed))) return this.#split(batch, failed);',
    to: '',
    test: {
      file: refusalsTest,
      name: 'after repeated refusals by something in between, the others get through',
    },
  },
  {
    row: 9,
    name: 'a change that something in between refuses counts as refused by the server',
    file: 'src/lib/sync/push.ts',
    from: 'if (isForeign(cause)) {',
    to: 'if (!cause) {',
    test: {
      file: refusalsTest,
      name: 'after repeated refusals by something in between, the others get through',
    },
  },
  {
    row: 10,
    name: 'a fresh token that is refused asks for the password',
    file: 'src/lib/remote/rpc.ts',
    from: "!reply.ok && reply.kind === 'unauthenticated' ? failure('server_error', 'token_refused') : reply;",
    to: 'reply;',
    test: { file: rpcTest, name: 'a token that is refused right after its renewal asks nobody to sign in' },
  },
  {
    row: 11,
    name: 'a reset starts from zero after each cut',
    file: 'src/lib/sync/pull.ts',
    from: "if (failure.kind === 'invalid_request')",
    to: "if (failure.kind === 'invalid_request' || this.fullPull)",
    test: { file: 'src/lib/sync/reset.test.ts', name: 'a reset continues with the same page after each cut' },
  },
  {
    row: 13,
    name: 'a probe gives up before a slow line can answer',
    file: 'src/lib/remote/rpc.ts',
    from: 'const longestProbe = 20_000;',
    to: 'const longestProbe = 4_000;',
    test: {
      file: 'src/lib/remote/token-renewal.test.ts',
      name: 'an ended token is renewed over a line that takes six seconds for a request',
    },
  },
  {
    row: 15,
    name: 'nobody compares the owner of the session',
    file: 'src/lib/remote/rpc.ts',
    from: "if (owner && auth.session.user.id !== owner) return failure('unauthenticated', 'session_of_another');",
    to: '',
    test: { file: rpcTest, name: 'nothing is sent in the name of another person' },
  },
  {
    row: 15,
    name: 'the sync engine does not say whose work it sends',
    file: 'src/lib/remote/remote.ts',
    from: 'callRpc(name, request, userId)',
    to: 'callRpc(name, request)',
    test: { file: rpcTest, name: 'nothing is sent in the name of another person' },
  },
  {
    row: 18,
    name: 'a page in use checks once a minute',
    file: 'src/lib/sync/scheduler.ts',
    from: 'const inUse = 8_000;',
    to: 'const inUse = 60_000;',
    test: { file: schedulerTest, name: 'a page syncs every 8 s in use and every minute otherwise' },
  },
  {
    row: 18,
    name: 'a page that is used again waits out its minute',
    file: 'src/lib/sync/scheduler.ts',
    from: 'if (!this.#running && this.#failures === 0) this.#schedule(Math.max(0, due));',
    to: 'void due;',
    test: { file: schedulerTest, name: 'a page syncs every 8 s in use and every minute otherwise' },
  },
  {
    row: 21,
    name: 'client_taken is a problem of the server for good',
    file: 'src/lib/sync/push.ts',
    from: "if (!reply.ok && reply.code === 'client_taken' && !this.#hasNewId) {",
    to: "if (!reply.ok && reply.code === 'never' && !this.#hasNewId) {",
    test: { file: refusalsTest, name: 'a device whose id belongs to somebody else gets a new one' },
  },
];
