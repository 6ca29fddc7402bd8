import type { Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { aboutOf, type About } from './about';
import { related } from './related';
import { subjectKey, type Subject } from './subject';

/** A note, or a task that was done, at its time. `about` names another record than the page's own. */
export type TimelineEntry = { id: string; at: string; about: About | undefined } & (
  { kind: 'note'; note: Note } | { kind: 'task'; task: Task }
);

/** What happened with a record, the newest first. */
export async function timeline(subject: Subject): Promise<TimelineEntry[]> {
  const [field, id] = subjectKey(subject);
  const [notes, tasks] = await Promise.all([related('notes', subject), related('tasks', subject)]);
  const elsewhere = [...notes, ...tasks].filter((row) => row[field] !== id);
  const about = await aboutOf(elsewhere);
  const entries: TimelineEntry[] = [
    ...notes.map((note) => ({
      kind: 'note' as const,
      id: note.id,
      at: note.occurred_at,
      about: note[field] === id ? undefined : about(note),
      note,
    })),
    ...tasks.flatMap((task) =>
      task.done_at
        ? {
            kind: 'task' as const,
            id: task.id,
            at: task.done_at,
            about: task[field] === id ? undefined : about(task),
            task,
          }
        : [],
    ),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id));
}
