import type { StageChange } from '$lib/entities/deal';
import type { Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { currentStore } from '$lib/store/current';
import { aboutOf, type About } from '$lib/shared/records/about';
import { related, relatedDeals } from '$lib/shared/records/related';
import { stageChanges } from './stage-changes';
import { subjectKey, type Subject } from '$lib/shared/records/subject';

/** A note, a completed task or a stage change, with its time. `about` names a record other than the page's own. */
export type TimelineEntry = { id: string; at: string; about: About | undefined } & (
  { kind: 'note'; note: Note } | { kind: 'task'; task: Task } | { kind: 'stage'; change: StageChange }
);

/** The history of a record, newest first. */
export async function timeline(subject: Subject): Promise<TimelineEntry[]> {
  const [field, id] = subjectKey(subject);
  const [notes, tasks, deals] = await Promise.all([
    related('notes', subject),
    related('tasks', subject),
    relatedDeals(subject),
  ]);
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
    ...(await stageChanges(currentStore(), deals)).map(({ deal, ...change }, index) => ({
      kind: 'stage' as const,
      id: `stage ${index}`,
      at: change.at,
      about: deal.id === id ? undefined : { label: deal.name, href: `/deals/${deal.id}` },
      change,
    })),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id));
}
