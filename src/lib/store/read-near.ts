import type { Collection } from 'dexie';
import type { EntityName } from '$lib/entities/registry';

/** A record by its table and id. */
export type RecordKey = [entity: EntityName, id: string];

/** From this many records on, what lies between them may cost less than looking each up. */
export const many = 40;

/** A request by itself costs about as much as so many rows that come with others. */
const costOfRequest = 3;

/** Of each entity, the keys of the first and the last of its records. */
export function spansOf(records: readonly RecordKey[]): [first: RecordKey, last: RecordKey][] {
  const spans = new Map<EntityName, [RecordKey, RecordKey]>();
  for (const record of records) {
    const [entity, id] = record;
    const [first, last] = spans.get(entity) ?? [record, record];
    spans.set(entity, [id < first[1] ? record : first, id > last[1] ? record : last]);
  }
  return [...spans.values()];
}

type Read<T> = Pick<Collection<T>, 'count' | 'toArray'>[];

/**
 * Reads rows by the one of these reads that brings the fewest unwanted rows. The result may have more rows than were asked
 * for.
 * @returns `undefined` if looking up each row costs less
 * @param wanted how many would have to be looked up
 */
export async function readNear<T>(wanted: number, reads: Read<T>[]): Promise<T[] | undefined> {
  if (wanted < many) return undefined;
  const sizes = await Promise.all(
    reads.map(async (parts) =>
      (await Promise.all(parts.map((part) => part.count()))).reduce((sum, count) => sum + count, 0),
    ),
  );
  const least = Math.min(...sizes);
  if (least > wanted * costOfRequest) return undefined;
  const cheapest = reads[sizes.indexOf(least)] ?? [];
  return (await Promise.all(cheapest.map((part) => part.toArray()))).flat();
}
