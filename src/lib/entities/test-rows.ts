import { v7 } from 'uuid';
import type { Conflict } from './conflict';
import type { Member } from './member';

const stored = () => ({
  id: v7(),
  version: 1,
  created_at: '2026-11-20T08:00:00.000Z',
  updated_at: '2026-11-20T08:00:00.000Z',
  created_by: null,
  updated_by: null,
  deleted_at: null,
});

/** A member of the team as the server sends one: an active rep, unless `values` say otherwise. */
export const memberRow = (values: Partial<Member>): Member => ({
  ...stored(),
  email: 'member@example.com',
  full_name: null,
  role: 'rep',
  active: true,
  ...values,
});

/** An open conflict about the title of a contact, unless `values` say otherwise. */
export const conflictRow = (values: Partial<Conflict>): Conflict => ({
  ...stored(),
  mutation_id: v7(),
  entity: 'contacts',
  record_id: v7(),
  kind: 'field',
  field: 'title',
  base: null,
  mine: null,
  theirs: null,
  theirs_by: null,
  theirs_at: null,
  patch: null,
  error: null,
  author_id: v7(),
  resolved_at: null,
  resolution: null,
  ...values,
});
