import * as z from 'zod/mini';
import { definition, type EntityName, type Row } from '$lib/entities/registry';

/** The wire format this app speaks; the server serves it and the one before it. */
export const protocol = 1;

const result = z.object({
  mutation_id: z.string(),
  status: z.enum(['applied', 'merged', 'conflict', 'rejected', 'blocked']),
  version: z.nullish(z.number()),
  error: z.nullish(z.object({ code: z.string(), message: z.string(), field: z.nullish(z.string()) })),
});

const pushReply = z.object({
  server_time: z.string(),
  results: z.array(result),
  events_accepted: z.number(),
  events_rejected: z.nullish(z.array(z.object({ event_id: z.nullish(z.string()), code: z.string() }))),
});
export type PushReply = z.infer<typeof pushReply>;

const pullReply = z.object({
  server_time: z.string(),
  epoch: z.string(),
  reset: z.boolean(),
  changes: z.array(
    z.object({ entity: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
  ),
  page: z.nullable(z.string()),
  cursor: z.nullable(z.string()),
  done: z.boolean(),
});

export interface PullReply extends Omit<z.infer<typeof pullReply>, 'changes'> {
  changes: Change[];
}

export interface Change<E extends EntityName = EntityName> {
  entity: E;
  rows: Row<E>[];
}

const digest = z.object({ entity: z.string(), count: z.number(), ids: z.number(), versions: z.number() });
export type Digest = z.infer<typeof digest>;
const digestReply = z.object({ digests: z.array(digest) });

/** Parses the answer of `api.digest`. @throws where it is not one */
export const parseDigestReply = (body: unknown): Digest[] => digestReply.parse(body).digests;

/** Parses the answer of `api.sync_push`. @throws where it is not one */
export const parsePushReply = (body: unknown): PushReply => pushReply.parse(body);

/**
 * Parses the answer of `api.sync_pull` into rows by name. Entities and columns this version does not
 * know are left out: the server may be a step ahead.
 * @throws where it is not such an answer, or a living row breaks its schema
 */
export function parsePullReply(body: unknown): PullReply {
  const reply = pullReply.parse(body);
  const changes = reply.changes.flatMap(({ entity, columns, rows }) => {
    const known = definition(entity);
    if (!known) return [];
    const named = rows.map((values) => Object.fromEntries(columns.map((column, i) => [column, values[i]])));
    return [{ entity: entity as EntityName, rows: named.map((row) => parseRow(known.schema, row)) }];
  });
  return { ...reply, changes };
}

/** A tombstone's personal data may have been blanked, so it is held to less than a living row. */
function parseRow(schema: z.ZodMiniObject, row: Record<string, unknown>): Row {
  if (row.deleted_at === null) return schema.parse(row) as Row;
  return Object.fromEntries(Object.keys(schema.shape).map((field) => [field, row[field] ?? null])) as Row;
}
