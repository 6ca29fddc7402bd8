import type { Task } from '$lib/entities/task';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Begun } from '$lib/shared/forms/kept-form';
import { taskDraft, taskValues, type TaskDraft } from './draft';

/**
 * Saves a task. A new one without an assignee belongs to its author.
 * @param begun the form as it was when it opened, and the row it showed; no row means a new task
 * @returns the task's id
 * @throws StoreError if nothing was stored
 */
export async function saveTask(draft: TaskDraft, begun?: Begun<TaskDraft, Task>): Promise<string> {
  const store = currentStore();
  const seen = begun?.seen;
  const id = seen?.id ?? store.newId();
  const values = taskValues(draft, seen ? begun.draft : taskDraft());
  await mutate(store, [
    seen
      ? { op: 'update', entity: 'tasks', id, values, seen }
      : { op: 'insert', entity: 'tasks', id, values: { assignee_id: store.userId, ...values } },
  ]);
  return id;
}

/** Completes a task now, or reopens it. */
export function setTaskDone(id: string, done: boolean): Promise<void> {
  const store = currentStore();
  const done_at = done ? store.now().toISOString() : null;
  return mutate(store, [{ op: 'update', entity: 'tasks', id, values: { done_at } }]);
}

export const deleteTask = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'delete', entity: 'tasks', id }]);

export const restoreTask = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity: 'tasks', id }]);
