import * as z from 'zod/mini';
import { noteKinds, type NoteKind } from '$lib/entities/note';
import type { DraftShape } from '$lib/shared/forms/kept-form';

/** The content of the note form. */
export interface NoteDraft {
  kind: NoteKind;
  body: string;
}

export const noteDraftShape: DraftShape<NoteDraft> = { kind: z.enum(noteKinds), body: z.string() };
