import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mergeFields } from '../../src/lib/entities/merge-fields';
import { same } from '../../src/lib/entities/same';
import { createDatabase, type Database } from './database';

type Fields = Record<string, unknown>;
interface Case {
  entity: string;
  base: Fields;
  mine: Fields;
  theirs: Fields;
}

let db: Database;
beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

const time = fc.constantFrom(null, '2026-03-01T08:00:00+00:00', '2026-03-02T08:00:00+00:00');
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'));
const phones = fc.uniqueArray(
  fc.record({ value: fc.constantFrom('1', '2'), label: fc.constantFrom('Work', 'Home', null) }),
  { selector: ({ value }) => value },
);

/** Records of an entity whose rules differ from field to field. */
const records: Record<string, fc.Arbitrary<Fields>> = {
  deals: fc.record({
    stage: fc.constantFrom('new_lead', 'awaiting_response', 'closed_won', 'closed_lost'),
    closed_at: time,
    lost_reason: fc.constantFrom(null, 'Too dear', 'No answer'),
    position: fc.constantFrom('a0', 'a1'),
    archived_at: time,
    name: fc.constantFrom('Big', 'Small'),
    tags,
  }),
  contacts: fc.record({ title: fc.constantFrom(null, 'Chef', 'Cook'), tags, phones }),
  tasks: fc.record({ title: fc.constantFrom('Call', 'Write'), done_at: time }),
};

/** A change as the app makes it: `mine` holds what the author changed, `base` what they saw in those fields. */
const cases = fc.constantFrom(...Object.keys(records)).chain((entity) => {
  const record = records[entity] as fc.Arbitrary<Fields>;
  return fc.tuple(record, record, record).map(([seen, wrote, theirs]): Case => {
    const changed = Object.keys(seen).filter((field) => !same(seen[field], wrote[field]));
    const pick = (row: Fields) => Object.fromEntries(changed.map((field) => [field, row[field]]));
    return { entity, base: pick(seen), mine: pick(wrote), theirs };
  });
});

/** The values that go into the record, and the fields that their author is asked about. */
function byTheApp({ entity, base, mine, theirs }: Case) {
  const merged = Object.entries(mergeFields(entity, base, mine, theirs));
  const asked = merged.filter(([, { conflict }]) => conflict).map(([field]) => field);
  const sets = merged.filter(([field, { value }]) => !same(value, theirs[field]));
  return {
    sets: Object.fromEntries(sets.map(([field, { value }]) => [field, value])),
    // The stage's question stands for all that is decided with it.
    clashes: asked.includes('stage')
      ? asked.filter((field) => !['closed_at', 'lost_reason', 'position'].includes(field))
      : asked,
  };
}

it('the app and the server merge every change alike, in what is written and in what is asked', async () => {
  const sample = fc.sample(cases, 5_000);
  const rows = await db.query<{ merge: { sets: Fields; clashes: { field: string }[] } }>(
    `select private.merge_fields(c ->> 'entity', c -> 'base', c -> 'mine', c -> 'theirs') as merge
     from jsonb_array_elements($1::jsonb) with ordinality e (c, place) order by place`,
    [JSON.stringify(sample)],
  );
  for (const [index, each] of sample.entries()) {
    const { sets = {}, clashes = [] } = rows[index]?.merge ?? {};
    // Writing what is there already changes nothing.
    const changes = Object.entries(sets).filter(([field, value]) => !same(value, each.theirs[field]));
    const server = { sets: Object.fromEntries(changes), clashes: clashes.map(({ field }) => field).sort() };
    const app = byTheApp(each);
    expect({ ...app, clashes: app.clashes.sort() }, JSON.stringify(each)).toEqual(server);
  }
});
