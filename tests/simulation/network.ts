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
  portal: number;
  busy: number;
}

export const storm: Weather = { drop: 0.12, loseReply: 0.12, duplicate: 0.1, portal: 0.03, busy: 0.05 };
export const calm: Weather = { drop: 0, loseReply: 0, duplicate: 0, portal: 0, busy: 0 };

/** A remote over a network that drops requests, loses replies and delivers twice. */
export function remoteThrough(call: CallServer, weather: () => Weather, random: Random): Remote {
  const reach = async (name: string, request: object): Promise<Reply<unknown>> => {
    const { status, body } = await call(name, JSON.parse(JSON.stringify(request)) as object);
    if (status >= 200 && status < 300) return { ok: true, body: JSON.parse(JSON.stringify(body)) };
    return refusal(status, (body ?? {}) as { code?: unknown });
  };
  return createRemote(async (name, request) => {
    const { drop, loseReply, duplicate, portal, busy } = weather();
    if (random.chance(drop)) return failure('unreachable');
    if (random.chance(portal)) return { ok: true, body: '<h1>Welcome</h1>' };
    if (random.chance(busy)) return failure('server_error', 'http_503');
    if (random.chance(duplicate)) await reach(name, request);
    const reply = await reach(name, request);
    return random.chance(loseReply) ? failure('unreachable') : reply;
  });
}
