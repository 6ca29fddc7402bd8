import { failure, refusal, type Reply } from '$lib/remote/reply';
import { createRemote, type Remote } from '$lib/remote/remote';
import type { Random } from './random';

/** The server's functions, called as one person. */
export type CallServer = (name: string, request: object) => Promise<{ status: number; body: unknown }>;

export interface Weather {
  /** Probabilities, per call. */
  drop: number;
  loseReply: number;
  duplicate: number;
  /** An earlier push arrives again, after newer ones. */
  late: number;
  portal: number;
  busy: number;
  tooMany: number;
  /** The session has expired, until it is renewed. */
  expired: number;
  /** The page sizes, one of them at random for each pull; null leaves the size to the device. */
  pageRows: readonly (number | null)[];
  /**
   * The number of characters that get through before the connection is cut; anything larger never arrives completely.
   */
  carries: number;
  /** A proxy refuses requests that contain this. */
  refuses: RegExp | undefined;
}

export const storm: Weather = {
  drop: 0.1,
  loseReply: 0.12,
  duplicate: 0.1,
  late: 0.1,
  portal: 0.03,
  busy: 0.03,
  tooMany: 0.02,
  expired: 0.02,
  pageRows: [4, 15, 2000],
  carries: Infinity,
  refuses: undefined,
};
/**
 * A slow connection that is cut every few seconds, behind a filter that refuses every fiftieth change. The device sizes its
 * pages by the line, and one pull in four gets a small page, so that each story has a pull of several pages. The bytes of a
 * reply alone would leave that to chance, because they depend on the server's times and transaction numbers.
 */
export const thin: Weather = {
  ...storm,
  drop: 0.05,
  loseReply: 0.05,
  pageRows: [null, null, null, 4],
  carries: 6_000,
  refuses: /"mutation_id":"[0-9a-f-]*(00|55|aa|cc|ee)"/,
};
export const calm: Weather = {
  drop: 0,
  loseReply: 0,
  duplicate: 0,
  late: 0,
  portal: 0,
  busy: 0,
  tooMany: 0,
  expired: 0,
  pageRows: [2000],
  carries: Infinity,
  refuses: undefined,
};

/** Reported as a gateway timeout, which says that time has passed: in these stories none does. */
const cutOff = failure('unreachable', 'http_504');

/** A remote over a network that drops requests, loses replies, and delivers twice and late. */
export function remoteThrough(call: CallServer, weather: () => Weather, random: Random): Remote {
  let earlier: object | undefined;
  const reach = async (name: string, request: object): Promise<Reply<unknown>> => {
    const { status, body } = await call(name, JSON.parse(JSON.stringify(request)) as object);
    if (status >= 200 && status < 300) return { ok: true, body: JSON.parse(JSON.stringify(body)) };
    return refusal(status, (body ?? {}) as { code?: unknown });
  };
  return createRemote(async (name, asked) => {
    const { drop, loseReply, duplicate, late, portal, busy, tooMany, expired, ...line } = weather();
    const rows = random.pick(line.pageRows);
    const request = name === 'sync_pull' && rows ? { ...asked, limit: rows } : asked;
    const body = JSON.stringify(request);
    if (random.chance(drop)) return failure('unreachable');
    if (random.chance(portal)) return { ok: true, body: '<h1>Welcome</h1>' };
    if (random.chance(busy)) return failure('server_error', 'http_503');
    if (random.chance(tooMany)) return failure('rate_limited', 'rate_limited', 1000);
    if (random.chance(expired)) return refusal(401, { code: 'PGRST303' });
    if (body.length > line.carries) return cutOff;
    if (line.refuses?.test(body)) return failure('forbidden', 'http_403');
    if (random.chance(duplicate)) await reach(name, request);
    if (random.chance(late) && earlier) await reach('sync_push', earlier);
    const reply = await reach(name, request);
    if (name === 'sync_push') earlier = request;
    if (JSON.stringify(reply).length > line.carries) return cutOff;
    return random.chance(loseReply) ? failure('unreachable') : reply;
  });
}
