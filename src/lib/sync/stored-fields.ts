import { fieldPrints, type FieldPrints } from '$lib/entities/fingerprint';
import { entityNames, type EntityName } from '$lib/entities/registry';
import type { Change, PullReply } from '$lib/remote/wire';
import type { CrmDatabase } from '$lib/store/database';
import { readMeta, writeMeta, type StoredFields } from '$lib/store/meta';
import type { Place } from './store-page';

/**
 * The fields of this release that the rows on this device lack, by entity: another release stored the rows and did not
 * know the field, or not all of its values. `undefined` if nothing is lacking. Send them with a cursor.
 */
export async function lackingFields(
  db: CrmDatabase,
): Promise<Partial<Record<EntityName, string[]>> | undefined> {
  const stored = (await readMeta(db, 'fields')) ?? {};
  const lacking = entityNames.flatMap((entity) => {
    const prints = fieldPrints(entity);
    const fields = Object.keys(prints).filter((field) => stored[entity]?.[field] !== prints[field]);
    return fields.length > 0 ? [[entity, fields] as const] : [];
  });
  return lacking.length > 0 ? Object.fromEntries(lacking) : undefined;
}

/**
 * Notes which fields every stored row holds, after a page's rows are stored. Runs inside the page's transaction, because
 * a tab of another release may store the next page. An entity that comes whole counts only when all of it is here.
 */
export async function noteStoredFields(
  db: CrmDatabase,
  reply: PullReply,
  place: Place,
  isLast: boolean,
): Promise<void> {
  const before = (await readMeta(db, 'fields')) ?? {};
  place.whole ??= Object.fromEntries(comeWhole(reply, place).map((entity) => [entity, fieldPrints(entity)]));
  place.whole = narrowed(place.whole, reply.changes);
  const after = { ...narrowed(before, reply.changes), ...(isLast ? place.whole : {}) };
  await Promise.all([
    JSON.stringify(after) === JSON.stringify(before) || writeMeta(db, 'fields', after),
    writeMeta(db, 'whole', isLast ? undefined : place.whole),
  ]);
}

/** The entities that a pull brings whole if it begins with this page. */
const comeWhole = ({ reset, again = [] }: PullReply, { cursor }: Place): EntityName[] =>
  entityNames.filter((entity) => reset || cursor === null || again.includes(entity));

/** The fields that all rows still hold after these changes are stored among them. */
function narrowed(fields: StoredFields, changes: Change[]): StoredFields {
  const narrower = { ...fields };
  for (const { entity, columns, rows } of changes) {
    const known = narrower[entity];
    if (!known || rows.length === 0) continue;
    const prints = fieldPrints(entity);
    narrower[entity] = pick(
      known,
      (field) => prints[field] === known[field] && (columns?.includes(field) ?? true),
    );
  }
  return narrower;
}

const pick = (prints: FieldPrints, wanted: (field: string) => boolean): FieldPrints =>
  Object.fromEntries(Object.entries(prints).filter(([field]) => wanted(field)));
