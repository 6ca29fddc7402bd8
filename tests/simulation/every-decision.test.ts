import { describe, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import { applyAgain, giveUp, resolveField } from '$lib/features/conflicts/mutations';
import { mutation, statuses } from '../db/rpc';
import {
  admin,
  conflictsHere,
  conflictsThere,
  db,
  me,
  onServer,
  people,
  remove,
  retitle,
  setRole,
  sync,
  withDevice,
} from './decision-scene';
import { merged, retitled, stories } from './decision-stories';

withDevice();

const buttons: Record<string, (conflict: Conflict) => Promise<void>> = {
  'Use mine': (conflict) => resolveField(conflict, 'mine', conflict.mine),
  'Keep theirs': (conflict) => resolveField(conflict, 'theirs'),
  'Save this value': (conflict) => resolveField(conflict, 'edited', 'Both'),
  'Restore with my change, or Try again': applyAgain,
  'Keep deleted, or Discard': giveUp,
};
const forField = ['Use mine', 'Keep theirs', 'Save this value'];

const cases = Object.keys(stories).flatMap((story) =>
  Object.keys(buttons)
    .filter((button) => forField.includes(button) === story.startsWith('field'))
    .map((button) => [story, button] as const),
);

describe('every kind of conflict, whatever was done, ends by each of its buttons', () => {
  test.each(cases)('%s: %s', async (story, button) => {
    const who = await people();
    await stories[story]?.(who);
    await sync();
    const asked = (await conflictsHere()).filter(({ resolved_at }) => resolved_at === null);
    const [kind] = story.split(',');
    const conflict = asked.find((each) => each.kind === kind);
    if (!conflict) throw new Error(`No conflict is ${kind}, but ${asked.map((each) => each.kind).join()}.`);
    await buttons[button]?.(conflict);
    await sync();
    const [here, there] = [await conflictsHere(), await conflictsThere()];
    expect(here.map(({ id }) => id).sort(), 'no other card').toEqual(asked.map(({ id }) => id).sort());
    expect(there.map(({ id }) => id).sort()).toEqual(here.map(({ id }) => id).sort());
    for (const rows of [here, there])
      expect(rows.find(({ id }) => id === conflict.id)?.resolved_at, 'decided').not.toBeNull();
  });
});

test.each(['the one that stays', 'one that goes', 'the one that stays and one that goes'])(
  'restored with the merge that met the deletion of %s, they are one record',
  async (which) => {
    const who = await people();
    await stories[`deleted, merge, ${which}`]?.(who);
    await sync();
    for (const conflict of await conflictsHere()) await applyAgain(conflict);
    await sync();
    expect(await onServer(who.ada)).toMatchObject({ city: 'Bergen', department: 'Bar', deleted_at: null });
    for (const id of [who.bea, who.cy])
      expect(await onServer(id)).toMatchObject({ merged_into: who.ada, deleted_at: expect.any(String) });
  },
);

test('a choice of a value from a record that was left out of a merge is no value', async () => {
  const who = await people();
  await remove(who.bea);
  await merged(who);
  await sync();
  expect(await onServer(who.ada)).toMatchObject({ city: null, department: 'Bar' });
});

test('a release that restores with the arguments of a merge gets both', async () => {
  const who = await people();
  await remove(who.bea);
  await merged(who);
  await sync();
  const patch = { into: who.ada, from: [who.bea, who.cy], choices: { city: who.bea } };
  expect(await statuses(db, me, [mutation('contacts', 'restore', { id: who.bea, patch })])).toEqual([
    'applied',
  ]);
  expect(await onServer(who.bea)).toMatchObject({ merged_into: who.ada });
  expect(await onServer(who.ada)).toMatchObject({ city: 'Bergen' });
});

test.each([1, 3])(
  'a decision that the server refuses leaves one card with the reason, pressed %i times',
  async (times) => {
    const who = await people();
    await retitle(who.ada);
    await retitled(who);
    await sync();
    await setRole('read_only');
    for (let pressed = 0; pressed < times; pressed += 1) {
      const [conflict] = await conflictsHere();
      await resolveField(conflict as Conflict, 'edited', 'Both of us');
      await sync();
    }
    expect(await conflictsHere()).toMatchObject([
      {
        kind: 'field',
        ...{ mine: 'Both of us', theirs: 'Theirs', resolved_at: null },
        error: { code: 'read_only', message: "Read-only members can't change records." },
      },
    ]);
    await setRole('rep');
    await resolveField((await conflictsHere())[0] as Conflict, 'mine', 'Both of us');
    await sync();
    expect(await onServer(who.ada)).toMatchObject({ title: 'Both of us' });
    expect(await conflictsThere()).toMatchObject([{ resolved_at: expect.any(String) }]);
  },
);

test('nobody keeps a refusal in the question of somebody else', async () => {
  const who = await people();
  await retitle(who.ada);
  await retitled(who);
  await sync();
  const [conflict] = await conflictsThere();
  const group_id = crypto.randomUUID();
  const forged = [
    mutation('conflicts', 'update', {
      ...{ id: conflict?.id as string, group_id },
      patch: { resolved_at: new Date().toISOString(), resolution: 'mine' },
    }),
    mutation('contacts', 'update', { id: who.ada, group_id, patch: { title: 5 } }),
  ];
  expect(await statuses(db, admin, forged)).not.toContain('applied');
  expect(await conflictsThere()).toMatchObject([{ resolved_at: null, error: null, mine: 'Mine' }]);
});
