import * as z from 'zod/mini';
import { noteKinds, type NoteKind } from '$lib/entities/note';
import type { DraftShape } from '$lib/shared/forms/kept-form';

/** A note as its form holds it. */
export interface NoteDraft {
  kind: NoteKind;
  body: string;
}

export const noteDraftShape: DraftShape<NoteDraft> = { kind: z.enum(noteKinds), body: z.string() };
