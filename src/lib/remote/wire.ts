import * as z from 'zod/mini';
import { timestamp, uuid } from '$lib/entities/fields';
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
  again: z.optional(z.array(z.string())),
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
  /** The columns that the server has. If it does not say, all that this app knows. */
  columns?: string[];
  /** Rows that this app cannot read. They are not among `rows`. */
  unreadable?: UnreadableRow[];
}

interface UnreadableRow {
  id: string;
  version: number;
  /** Which fields are to blame and how, for support. */
  why: string;
}

const digest = z.object({
  entity: z.string(),
  count: z.number(),
  ids: z.number(),
  versions: z.number(),
  /** The columns that `content` covers, in its order. A server of an earlier release has neither. */
  columns: z.optional(z.array(z.string())),
  content: z.optional(z.string()),
});
export type Digest = z.infer<typeof digest>;
const digestReply = z.object({ digests: z.array(digest) });

/** Parses the answer of `api.digest`. @throws if it is not one */
export const parseDigestReply = (body: unknown): Digest[] => digestReply.parse(body).digests;

/** Parses the answer of `api.sync_push`. @throws if it is not one */
export const parsePushReply = (body: unknown): PushReply => pushReply.parse(body);

/**
 * Parses the answer of `api.sync_pull` into rows by name. Entities and columns this version does not know are left out:
 * the server may be a step ahead. A row that breaks its schema is set aside, so that the others get through.
 * @throws if it is not such an answer
 */
export function parsePullReply(body: unknown): PullReply {
  const reply = pullReply.parse(body);
  const changes = reply.changes.flatMap(({ entity, columns, rows }) => {
    const known = definition(entity);
    if (!known) return [];
    const change = {
      entity: entity as EntityName,
      columns,
      rows: [] as Row[],
      unreadable: [] as UnreadableRow[],
    };
    for (const values of rows) {
      const named = Object.fromEntries(columns.map((column, i) => [column, values[i]]));
      const { data, error } = parseRow(known.schema, named);
      if (data) change.rows.push(data);
      else change.unreadable.push(unreadable(named, error));
    }
    return [change];
  });
  return { ...reply, changes };
}

/** The fields that even a tombstone has. */
const buried = z.looseObject({ id: uuid, version: z.number(), deleted_at: timestamp });

/** A tombstone's personal data may have been blanked, so it is held to less than a living row. */
function parseRow(
  schema: z.ZodMiniObject,
  row: Record<string, unknown>,
): { data?: Row; error?: z.core.$ZodError } {
  if (row.deleted_at === null) return schema.safeParse(row) as { data?: Row; error?: z.core.$ZodError };
  const { error } = buried.safeParse(row);
  if (error) return { error };
  return {
    data: Object.fromEntries(Object.keys(schema.shape).map((field) => [field, row[field] ?? null])) as Row,
  };
}

/** Contains no values of the row, because the text may end up in a report. */
function unreadable(row: Record<string, unknown>, error: z.core.$ZodError | undefined): UnreadableRow {
  const why = (error?.issues ?? []).map(({ path, code }) => `${path.join('.')}: ${code}`).join(', ');
  return { id: String(row.id), version: Number(row.version) || 0, why };
}
