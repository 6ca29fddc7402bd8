import { byUrgency, type TaskItem } from './queries';

export const openGroups = ['overdue', 'today', 'upcoming', 'no_date'] as const;
export const groupNames = [...openGroups, 'done'] as const;
export type GroupName = (typeof groupNames)[number];
export type TaskGroups = Record<GroupName, TaskItem[]>;

/** Returns the group in a URL, or `undefined` if it is not one of ours. */
export const groupOfWord = (word: string | null): GroupName | undefined =>
  groupNames.find((name) => name === word);

/**
 * Groups tasks by due date, each group in its order; only the last 50 completed ones.
 * @param today the local day as `YYYY-MM-DD`
 * @param lingering ids of completed tasks that stay in their place
 */
export function groupTasks(
  items: TaskItem[],
  today: string,
  lingering: Pick<ReadonlySet<string>, 'has'> = new Set(),
): TaskGroups {
  const groups: TaskGroups = { overdue: [], today: [], upcoming: [], no_date: [], done: [] };
  for (const item of items) groups[groupOf(item, today, lingering.has(item.task.id))].push(item);
  for (const name of openGroups) groups[name].sort((a, b) => byUrgency(a.task, b.task));
  groups.done.sort((a, b) => Date.parse(b.task.done_at ?? '') - Date.parse(a.task.done_at ?? ''));
  groups.done.length = Math.min(groups.done.length, 50);
  return groups;
}

function groupOf({ task }: TaskItem, today: string, lingers: boolean): GroupName {
  if (task.done_at && !lingers) return 'done';
  if (!task.due_on) return 'no_date';
  if (task.due_on < today) return 'overdue';
  return task.due_on === today ? 'today' : 'upcoming';
}
