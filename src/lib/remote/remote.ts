import type { SentEvent } from '$lib/entities/activity-event';
import type { SentMutation } from '$lib/entities/mutation';
import type { EntityName } from '$lib/entities/registry';
import { failure, type Reply } from './reply';
import { callRpc } from './rpc';
import {
  parseDigestReply,
  parsePullReply,
  parsePushReply,
  protocol,
  type Digest,
  type PullReply,
  type PushReply,
} from './wire';

export interface PushRequest {
  client_id: string;
  sent_at: string;
  mutations: SentMutation[];
  events: SentEvent[];
}

export interface PullRequest {
  client_id: string;
  cursor: string | null;
  page: string | null;
  limit: number;
  /** The fields by entity that the rows on this device lack: an entity that has one of them comes whole. */
  again?: Partial<Record<EntityName, string[]>>;
}

export interface DigestRequest {
  client_id: string;
  /** The columns by entity whose content is compared. */
  columns: Record<EntityName, string[]>;
}

/** The server as the sync engine sees it. Calls never throw. */
export interface Remote {
  push(request: PushRequest): Promise<Reply<PushReply>>;
  pull(request: PullRequest): Promise<Reply<PullReply>>;
  /** A summary of the server's rows of each entity. */
  digest(request: DigestRequest): Promise<Reply<Digest[]>>;
}

type Call = (name: string, request: object) => Promise<Reply<unknown>>;

/** The server behind PostgREST, for the work of one person. Nothing is sent in the name of another person. */
export const remoteOf = (userId: string): Remote =>
  createRemote((name, request) => callRpc(name, request, userId));

/** The server behind any way of calling its functions. */
export function createRemote(call: Call): Remote {
  return {
    push: async (request) => parsed(await call('sync_push', { protocol, ...request }), parsePushReply),
    pull: async (request) => parsed(await call('sync_pull', { protocol, ...request }), parsePullReply),
    digest: async (request) => parsed(await call('digest', { protocol, ...request }), parseDigestReply),
  };
}

/** A reply that is not ours (a captive portal's page, half an answer) is a failure like any other. */
function parsed<T>(reply: Reply<unknown>, parse: (body: unknown) => T): Reply<T> {
  if (!reply.ok) return reply;
  try {
    return { ok: true, body: parse(reply.body) };
  } catch {
    return failure('unreachable', 'unreadable_reply');
  }
}
