import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation, statuses } from './rpc';
import { TwoPeople } from './two-people';

let people: TwoPeople;

beforeAll(async () => {
  people = await TwoPeople.meet();
});
afterAll(() => people.db.drop());

type Fields = Record<string, unknown>;
const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour).toISOString();
/** A time as Postgres prints it. */
const printed = (time: string) => time.replace('Z', '+00:00');

/** A change by somebody who saw `base`, `hours` ago. */
const change = (id: string, base: Fields, patch: Fields, hours = 0) =>
  mutation('deals', 'update', { id, base, base_version: 1, patch, occurred_at: ago(hours) });

const open = { stage: 'new_lead', closed_at: null, position: 'a' };
const won = (hours: number) => ({ stage: 'closed_won', closed_at: ago(hours), position: 'b' });
const lost = (hours: number) => ({ stage: 'closed_lost', closed_at: ago(hours), position: 'c' });
const awaiting = { stage: 'awaiting_response', position: 'd' };
const insert = (more: Fields = {}) => people.insert('deals', { name: 'Big', ...open, ...more });

describe('a deal is closed, or it is not', () => {
  it.each([
    ['won on one device and moved on another', won(3), awaiting, { closed_at: null }],
    ['moved on one device and won on another', awaiting, won(3), {}],
    ['won on one device and lost on another', won(3), lost(2), {}],
  ])('%s: one question, and nothing of the later move applies', async (_, mine, theirs, shown) => {
    const id = await insert();
    await statuses(people.db, people.bob, [change(id, open, theirs)]);
    const before = await people.row('deals', id);
    expect(before).toMatchObject(shown);
    expect(await statuses(people.db, people.ann, [change(id, open, mine, 3)])).toEqual(['conflict']);
    expect(await people.row('deals', id)).toEqual(before);
    const kept = await people.kept(id);
    expect(kept).toMatchObject([{ field: 'stage', mine: mine.stage, theirs: theirs.stage }]);
    expect(Object.keys(kept[0]?.patch as Fields).sort()).toEqual(Object.keys(mine).sort());
  });

  it.each([
    ['earlier', 5],
    ['later', 1],
  ])(
    'two who close it with the same result did the same, and the earlier date stays: mine is %s',
    async (_, hours) => {
      const id = await insert();
      const theirs = won(3);
      const mine = won(hours);
      await statuses(people.db, people.bob, [change(id, open, theirs, 3)]);
      const [status] = await statuses(people.db, people.ann, [change(id, open, mine, hours)]);
      expect(['merged', 'applied']).toContain(status);
      const { closed_at } = await people.row('deals', id);
      const expected = Math.max(3, hours) * hour;
      expect(Math.abs(Date.now() - expected - Date.parse(String(closed_at)))).toBeLessThan(60_000);
      expect(await people.kept(id)).toEqual([]);
    },
  );

  it('from lost, two who win it did the same', async () => {
    const start = { ...lost(50), lost_reason: 'Too dear' };
    const id = await insert(start);
    const base = { ...start, closed_at: printed(start.closed_at) };
    for (const [person, hours] of [
      [people.bob, 3],
      [people.ann, 5],
    ] as const)
      await statuses(people.db, person, [change(id, base, { ...won(hours), lost_reason: null }, hours)]);
    const { closed_at, lost_reason } = await people.row('deals', id);
    expect(Math.abs(Date.now() - 5 * hour - Date.parse(String(closed_at)))).toBeLessThan(60_000);
    expect(lost_reason).toBeNull();
    expect(await people.kept(id)).toEqual([]);
  });

  it('two who archive it did the same, and the earlier time stays', async () => {
    const id = await insert();
    for (const [person, hours] of [
      [people.bob, 3],
      [people.ann, 5],
    ] as const)
      await statuses(people.db, person, [
        change(id, { archived_at: null }, { archived_at: ago(hours) }, hours),
      ]);
    const { archived_at } = await people.row('deals', id);
    expect(Math.abs(Date.now() - 5 * hour - Date.parse(String(archived_at)))).toBeLessThan(60_000);
    expect(await people.kept(id)).toEqual([]);
  });

  it('what one device archives and brings back before it syncs is no question, whatever its clock says', async () => {
    const id = await insert();
    const archived_at = new Date(Date.now() - 5000).toISOString();
    const own = [
      change(id, { archived_at: null }, { archived_at }, 0),
      change(id, { archived_at }, { archived_at: null }, 0),
    ];
    own[0] = { ...(own[0] as (typeof own)[number]), occurred_at: archived_at };
    await statuses(people.db, people.ann, own);
    expect(await people.row('deals', id)).toMatchObject({ archived_at: null });
    expect(await people.kept(id)).toEqual([]);
  });

  it('what one device wins and reopens before it syncs is open', async () => {
    const id = await insert();
    const closing = won(0);
    await statuses(people.db, people.ann, [
      change(id, open, closing),
      change(id, closing, { ...awaiting, closed_at: null }),
    ]);
    expect(await people.row('deals', id)).toMatchObject({ stage: 'awaiting_response', closed_at: null });
    expect(await people.kept(id)).toEqual([]);
  });

  it('a reason that somebody gave is not cleared by who reopens the deal without having seen it', async () => {
    const start = lost(50);
    const id = await insert(start);
    await statuses(people.db, people.bob, [change(id, { lost_reason: null }, { lost_reason: 'Too dear' })]);
    const reopening = mutation('deals', 'update', {
      id,
      base: { stage: 'closed_lost', closed_at: printed(start.closed_at), position: 'c' },
      base_version: 1,
      patch: { ...awaiting, closed_at: null },
    });
    expect(await statuses(people.db, people.ann, [reopening])).toEqual(['conflict']);
    expect(await people.row('deals', id)).toMatchObject({ stage: 'closed_lost', lost_reason: 'Too dear' });
    expect(await people.kept(id)).toMatchObject([
      { field: 'stage', mine: 'awaiting_response', theirs: 'closed_lost', theirs_by: people.bob },
    ]);
  });

  it('why it was lost goes to the question whether it was', async () => {
    const id = await insert();
    await statuses(people.db, people.bob, [change(id, open, awaiting)]);
    const closing = change(id, open, lost(1), 1);
    const remark = change(id, { lost_reason: null }, { lost_reason: 'Too dear' });
    expect(await statuses(people.db, people.ann, [closing, remark])).toEqual(['conflict', 'conflict']);
    expect(await people.row('deals', id)).toMatchObject({ stage: 'awaiting_response', lost_reason: null });
    const kept = await people.kept(id);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.patch).toMatchObject({ stage: 'closed_lost', lost_reason: 'Too dear', position: 'c' });
  });

  it('a release that sends the stage alone leaves no open deal with a closing date, nor a closed one without', async () => {
    const id = await insert();
    const alone = (stage: string, hours: number) =>
      mutation('deals', 'update', {
        id,
        base: {},
        base_version: null,
        patch: { stage },
        occurred_at: ago(hours),
      });
    const bare = (from: string, stage: string, hours: number) => ({
      ...alone(stage, hours),
      base: { stage: from },
    });
    await statuses(people.db, people.ann, [bare('new_lead', 'closed_won', 4)]);
    const { closed_at } = await people.row('deals', id);
    expect(Math.abs(Date.now() - 4 * hour - Date.parse(String(closed_at)))).toBeLessThan(60_000);
    await statuses(people.db, people.ann, [bare('closed_won', 'awaiting_response', 1)]);
    expect(await people.row('deals', id)).toMatchObject({ stage: 'awaiting_response', closed_at: null });
  });
});
