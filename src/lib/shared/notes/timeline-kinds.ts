import type { NoteKind } from '$lib/entities/note';
import type { TimelineEntry } from './queries';

/** The kinds among the entries, with their counts. */
export type TimelineKind = NoteKind | 'task' | 'stage';

const labels: Record<TimelineKind, string> = {
  note: 'Notes',
  call: 'Calls',
  email: 'Emails',
  meeting: 'Meetings',
  sample: 'Samples',
  demo: 'Demos',
  task: 'Tasks',
  stage: 'Stages',
};

export const kindOf = (entry: TimelineEntry): TimelineKind =>
  entry.kind === 'note' ? entry.note.kind : entry.kind;

/** The kinds among the entries, with their counts. */
export function offered(entries: TimelineEntry[]): { kind: TimelineKind; label: string; count: number }[] {
  const counts = new Map<TimelineKind, number>();
  for (const entry of entries) counts.set(kindOf(entry), (counts.get(kindOf(entry)) ?? 0) + 1);
  return (Object.keys(labels) as TimelineKind[]).flatMap((kind) => {
    const count = counts.get(kind);
    return count ? [{ kind, label: labels[kind], count }] : [];
  });
}
