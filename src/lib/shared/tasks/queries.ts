import { assigneePlace, type Task } from '$lib/entities/task';
import { all, firstByKey } from '$lib/store/read';
import { aboutOf, type About } from '$lib/shared/records/about';
import { related } from '$lib/shared/records/related';
import { subjectKey, type Subject } from '$lib/shared/records/subject';

/** A task with the record that it is about; none if that is the page's own record. */
export interface TaskItem {
  task: Task;
  about: About | undefined;
}

/** All tasks that are not deleted, completed or not, of one assignee or of everyone. */
export async function taskItems(assignee?: string): Promise<TaskItem[]> {
  return withAbout((await all('tasks')).filter((task) => !assignee || task.assignee_id === assignee));
}

/**
 * The most urgent open tasks of an assignee, at most `count`, the most urgent first; `undefined` if all rows must be
 * read to know them.
 */
export async function urgentTasks(assignee: string, count: number): Promise<TaskItem[] | undefined> {
  const tasks = await firstByKey('tasks', count, assigneePlace(assignee));
  return tasks && withAbout(tasks);
}

async function withAbout(tasks: Task[]): Promise<TaskItem[]> {
  const about = await aboutOf(tasks);
  return tasks.map((task) => ({ task, about: about(task) }));
}

/** The tasks of a record, completed or not, the most urgent first. */
export async function tasksOf(subject: Subject): Promise<TaskItem[]> {
  const [field, id] = subjectKey(subject);
  const tasks = await related('tasks', subject);
  const about = await aboutOf(tasks);
  return tasks.sort(byUrgency).map((task) => ({ task, about: task[field] === id ? undefined : about(task) }));
}

/** Sorts tasks by urgency: the earliest date, then the highest priority, then age. */
export function byUrgency(a: Task, b: Task): number {
  const due = (task: Task) => task.due_on ?? '9999-12-31';
  return (
    due(a).localeCompare(due(b)) ||
    (a.priority ?? 'Z').localeCompare(b.priority ?? 'Z') ||
    a.id.localeCompare(b.id)
  );
}
