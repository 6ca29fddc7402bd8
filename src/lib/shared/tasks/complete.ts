import type { Task } from '$lib/entities/task';
import { toast } from '$lib/ui/toast.svelte';
import { attempt } from '$lib/shared/forms/attempt';
import { lingering } from './lingering.svelte';
import { setTaskDone } from './mutations';

/**
 * Completes a task, with a way to undo it, or reopens it. Tells the person if it could not be saved.
 * @returns whether it was saved
 */
export async function toggleTask(task: Task, done: boolean): Promise<boolean> {
  if (done) lingering.add(task.id);
  const stored = await attempt(() => setTaskDone(task.id, done));
  if (!stored) lingering.delete(task.id);
  else if (done) toast.show('Done.', { undo: () => attempt(() => setTaskDone(task.id, false)) });
  return stored;
}
