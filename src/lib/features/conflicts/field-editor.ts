import * as z from 'zod/mini';
import type { Conflict } from '$lib/entities/conflict';
import { maxLength } from '$lib/entities/max-length';
import { noteKinds } from '$lib/entities/note';
import { definition, type Row } from '$lib/entities/registry';
import { dayProblem, storedDay } from '$lib/ui/day';
import { amountText, parseAmount } from '$lib/shared/pipeline/amount';
import { webAddress } from '$lib/shared/forms/check';
import { priorityOptions } from '$lib/shared/forms/priority';
import { shown, stored } from '$lib/shared/forms/text';
import { kindLooks } from '$lib/shared/records/note-kinds';
import { roleOptions } from '$lib/shared/members/roles';

/** A value in its stored form, or the problem with it. */
type Read = { value: unknown } | { problem: string };

/** How to edit a field: the same control and checks as in its own form. */
export interface FieldEditor {
  control: 'day' | 'text' | 'long' | 'choice';
  /** For `choice`. */
  options: readonly { value: string; label: string }[];
  inputmode: 'text' | 'decimal' | 'tel' | 'url';
  maxlength: number | undefined;
  /** The first value of the control. */
  text: string;
  read: (typed: string) => Read;
}

const plain = { control: 'text', options: [], inputmode: 'text', maxlength: undefined } as const;

const kindOptions = noteKinds.map((value) => ({ value, label: kindLooks[value].label }));
const longTexts = ['body', 'description', 'background', 'message'];
const links = ['linkedin_url', 'website'];

/**
 * The editor for the field of a conflict; `undefined` if no form edits this field with one control. Then the person
 * must choose one of the two values.
 * @param row the current record, because some rules depend on its other fields
 */
export function fieldEditor(conflict: Conflict, row: Row | undefined): FieldEditor | undefined {
  const { entity, field, mine } = conflict;
  if (!field || !isEditable(conflict)) return undefined;
  const editor = controlOf(field, typeof mine === 'number' ? mine : shown(mine as string | null));
  return { ...editor, read: (typed) => checked(entity, field, row, editor.read(typed)) };
}

/** Stages, references, times and lists are not typed. */
function isEditable({ entity, field, mine, theirs }: Conflict): boolean {
  if (!field || /(_id|_at)$/.test(field) || ['stage', 'position'].includes(field)) return false;
  const isText = [mine, theirs].every((value) => value === null || typeof value === 'string');
  return definition(entity) !== undefined && (isText || field === 'amount');
}

function controlOf(field: string, value: string | number): FieldEditor {
  const text = String(value);
  if (field.endsWith('_on')) return { ...plain, control: 'day', text, read: readDay };
  if (field === 'amount')
    return {
      ...plain,
      inputmode: 'decimal',
      text: typeof value === 'number' ? amountText(value) : '',
      read: readAmount,
    };
  if (field === 'currency') return { ...plain, maxlength: 3, text, read: readCurrency };
  if (field === 'priority') return choice(priorityOptions, text);
  if (field === 'kind') return choice(kindOptions, text);
  if (field === 'role') return choice(roleOptions, text);
  if (links.includes(field)) return { ...plain, inputmode: 'url', text, read: readLink };
  const maxlength = maxLength(field);
  if (longTexts.includes(field)) return { ...plain, control: 'long', maxlength, text, read: readText };
  return { ...plain, inputmode: field === 'phone' ? 'tel' : 'text', maxlength, text, read: readText };
}

const choice = (options: FieldEditor['options'], text: string): FieldEditor => ({
  ...plain,
  control: 'choice',
  options,
  text,
  read: readText,
});

const readText = (typed: string): Read => ({ value: stored(typed) });

function readDay(typed: string): Read {
  const problem = dayProblem(typed);
  return problem ? { problem } : { value: storedDay(typed) };
}

function readAmount(typed: string): Read {
  const { amount, error } = parseAmount(typed);
  return error ? { problem: error } : { value: amount };
}

function readCurrency(typed: string): Read {
  const code = typed.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code)
    ? { value: code }
    : { problem: 'Enter a three-letter currency code, like USD or EUR.' };
}

function readLink(typed: string): Read {
  if (!typed.trim()) return { value: null };
  const value = webAddress(typed);
  return value ? { value } : { problem: 'Enter a valid web address, like www.example.com.' };
}

/** The rules for every field: those of the entity, which the server enforces too. */
function checked(entity: string, field: string, row: Row | undefined, read: Read): Read {
  if ('problem' in read) return read;
  const known = definition(entity);
  if (read.value === null && known?.required.includes(field))
    return { problem: "This field can't be empty." };
  if (read.value === null && entity === 'contacts' && !nameWithout(field, row))
    return { problem: 'Enter a first name or a last name.' };
  const schema = known?.schema.shape[field];
  const fits = schema && z.safeParse(schema, read.value).success;
  return fits ? read : { problem: 'This value cannot be saved.' };
}

/** The rest of a contact's name without this field. */
function nameWithout(field: string, row: Row | undefined): boolean {
  if (!row || !['first_name', 'last_name'].includes(field)) return true;
  const { first_name, last_name } = { first_name: null, last_name: null, ...row };
  return Boolean(field === 'first_name' ? last_name : first_name);
}
