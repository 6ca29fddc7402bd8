import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Task } from '$lib/entities/task';
import { setCurrentStore } from '$lib/store/current';
import { one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { checkTask, taskDraft, type TaskDraft } from './draft';
import { duePicks } from './due';
import { groupTasks } from './groups';
import { deleteTask, saveTask, setTaskDone } from './mutations';
import { byUrgency, taskItems, tasksOf, urgentTasks } from './queries';
import { subjectOfValue, subjectValue } from './subjects';

const now = new Date('2026-11-22T09:00:00.000Z');
let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => now });
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const save = (values: Partial<TaskDraft>) => saveTask({ ...taskDraft(), ...values });
const item = (values: Partial<Task>) => ({
  task: { id: '', due_on: null, priority: null, done_at: null, ...values } as Task,
  about: undefined,
});

test('a task needs a title', () => {
  expect(checkTask({ ...taskDraft(), title: ' ' })).toHaveProperty('title');
});

test('a new task belongs to its author unless another person is chosen', async () => {
  const other = crypto.randomUUID();
  expect(await one('tasks', await save({ title: 'Call' }))).toMatchObject({ assignee_id: store.userId });
  expect(await one('tasks', await save({ title: 'Call', assignee_id: other }))).toMatchObject({
    assignee_id: other,
  });
});

test('the most urgent tasks are the beginning of the list', async () => {
  const days = ['2026-11-25', '', '2026-11-21', '2026-11-25'];
  const ids: string[] = [];
  for (const due_on of days)
    for (const priority of ['', 'B', 'A'] as const) ids.push(await save({ title: 'Call', due_on, priority }));
  await save({ title: 'Another person', assignee_id: crypto.randomUUID() });
  await setTaskDone(ids[2] ?? '', true);
  const list = (await taskItems(store.userId))
    .filter(({ task }) => !task.done_at)
    .sort((a, b) => byUrgency(a.task, b.task));
  expect(list).toHaveLength(11);
  expect(await urgentTasks(store.userId, 5)).toEqual(list.slice(0, 5));
  expect(await urgentTasks(store.userId, 100)).toEqual(list);
});

test('a task is about one record at a time', async () => {
  const id = await save({ title: 'Call', subject: { contact_id: crypto.randomUUID() } });
  const seen = await one('tasks', id);
  const draft = taskDraft(seen);
  const deal_id = crypto.randomUUID();
  await saveTask({ ...draft, subject: { deal_id } }, { draft, seen });
  expect(await one('tasks', id)).toMatchObject({ contact_id: null, company_id: null, deal_id });
});

test('completing a task changes only its done time, and can be undone', async () => {
  const id = await save({ title: 'Call' });
  await setTaskDone(id, true);
  expect((await store.db.outbox.toArray()).at(-1)?.patch).toEqual({ done_at: now.toISOString() });
  await setTaskDone(id, false);
  expect((await one('tasks', id))?.done_at).toBeNull();
});

test('groups tasks by the local day, the most urgent first', () => {
  const groups = groupTasks(
    [
      item({ id: 'c', due_on: '2026-11-22' }),
      item({ id: 'b', due_on: '2026-11-22', priority: 'A' }),
      item({ id: 'a', due_on: '2026-11-23' }),
      item({ id: 'd', due_on: '2026-11-21' }),
      item({ id: 'e', due_on: '2026-10-01' }),
      item({ id: 'f' }),
      item({ id: 'g', due_on: '2026-11-21', done_at: '2026-11-22T08:00:00Z' }),
    ],
    '2026-11-22',
  );
  const ids = Object.fromEntries(
    Object.entries(groups).map(([name, items]) => [name, items.map(({ task }) => task.id).join('')]),
  );
  expect(ids).toEqual({ overdue: 'ed', today: 'bc', upcoming: 'a', no_date: 'f', done: 'g' });
});

test('a task that was just completed stays in its place', () => {
  const done = item({ id: 'a', due_on: '2026-11-22', done_at: '2026-11-22T08:00:00Z' });
  expect(groupTasks([done], '2026-11-22', new Set(['a'])).today).toEqual([done]);
});

test('lists only the newest fifty completed tasks', () => {
  const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
  const items = Array.from({ length: 60 }, (_, n) => item({ id: String(n), done_at: at(n) }));
  const { done } = groupTasks(items, '2026-11-22');
  expect(done).toHaveLength(50);
  expect(done[0]?.task.id).toBe('59');
});

test.each([
  [new Date(2026, 10, 22), '2026-11-23'],
  [new Date(2026, 10, 23), '2026-11-30'],
  [new Date(2026, 11, 30), '2027-01-04'],
])('next week is the coming Monday, counted from %s', (from, monday) => {
  expect(duePicks(from).at(-1)?.date).toBe(monday);
});

test('on a Sunday, offers the next day once', () => {
  const labels = (day: number) => duePicks(new Date(2026, 10, day)).map(({ label }) => label);
  expect(labels(21)).toEqual(['Today', 'Tomorrow', 'Next week']);
  expect(labels(22)).toEqual(['Today', 'Tomorrow (Mon)']);
  expect(labels(23)).toEqual(['Today', 'Tomorrow', 'Next week']);
});

test("hides deleted tasks, and other people's tasks from mine", async () => {
  const contact_id = crypto.randomUUID();
  const gone = await save({ title: 'Gone', subject: { contact_id } });
  await deleteTask(gone);
  await save({ title: 'Theirs', subject: { contact_id }, assignee_id: crypto.randomUUID() });
  expect((await taskItems(store.userId)).map(({ task }) => task.title)).toEqual([]);
  expect((await tasksOf({ contact_id })).map(({ task }) => task.title)).toEqual(['Theirs']);
});

test('a subject survives the way through a field’s value', () => {
  const subject = { deal_id: crypto.randomUUID() };
  expect(subjectOfValue(subjectValue(subject))).toEqual(subject);
  expect(subjectOfValue(null)).toBeNull();
});

test('completes a two-digit year and refuses an impossible one', async () => {
  const id = await save({ title: 'Call', due_on: '0026-12-03' });
  expect((await one('tasks', id))?.due_on).toBe('2026-12-03');
  const draft = { ...taskDraft(), title: 'Call', due_on: '0206-12-03' };
  expect(checkTask(draft)).toEqual({ due_on: 'Choose a year from 1900 to 2199.' });
  const old = await one('tasks', id);
  if (!old) throw new Error('the task is missing');
  expect(checkTask(draft, { ...old, due_on: draft.due_on }), 'what is there already').toEqual({});
});
