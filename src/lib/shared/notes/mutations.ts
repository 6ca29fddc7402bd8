import type { Note, NoteKind } from '$lib/entities/note';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Subject } from '$lib/shared/records/subject';

/**
 * Adds a note on one record, written now.
 * @returns the note's id
 * @throws StoreError if nothing was stored
 */
export async function addNote(
  subject: Subject,
  { kind, body }: { kind: NoteKind; body: string },
): Promise<string> {
  const store = currentStore();
  const id = store.newId();
  // The server dates the note, because this device's clock may be wrong by days.
  await mutate(store, [{ op: 'insert', entity: 'notes', id, values: { ...subject, kind, body } }]);
  return id;
}

/** Changes a note's kind or text. `seen` is the note when editing began. */
export const changeNote = (seen: Note, values: Pick<Note, 'kind' | 'body'>): Promise<void> =>
  mutate(currentStore(), [{ op: 'update', entity: 'notes', id: seen.id, values, seen }]);

export const deleteNote = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'delete', entity: 'notes', id }]);

export const restoreNote = (id: string): Promise<void> =>
  mutate(currentStore(), [{ op: 'restore', entity: 'notes', id }]);
