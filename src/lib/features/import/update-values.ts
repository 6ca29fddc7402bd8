import type { Labelled } from '$lib/entities/fields';
import { maxLength } from '$lib/entities/max-length';
import { same } from '$lib/entities/same';
import { StoreError } from '$lib/store/errors';
import { samePhone } from '$lib/ui/phone-number';

type Fields = Record<string, unknown>;

/**
 * The fields of a record that a row of a file changes. Empty cells change nothing, lists get missing entries, and a
 * long text gets its missing parts. A file never changes the owner.
 * @throws StoreError `too_long` if a text would become too long
 */
export function updateValues(row: Fields, values: Fields): Fields {
  const changed: Fields = {};
  for (const [field, value] of Object.entries(values)) {
    if (field === 'owner_id' || value === null || value === undefined) continue;
    const next = nextValue(field, row, value);
    if (!same(next, row[field])) changed[field] = next;
  }
  return changed;
}

function nextValue(field: string, row: Fields, value: unknown): unknown {
  const now = row[field];
  if (field === 'emails') return withLabelled(now as Labelled[], value as Labelled[]);
  if (field === 'phones') return withPhones(row, value as Labelled[]);
  if (Array.isArray(value)) return [...new Set([...(now as unknown[]), ...(value as unknown[])])];
  if (typeof value !== 'string' || typeof now !== 'string') return value;
  if (field === 'background' || field === 'description') return withText(field, now, value);
  const equal = now.trim() === value || (field === 'closed_at' && Date.parse(now) === Date.parse(value));
  return equal ? now : value;
}

function withLabelled(now: Labelled[], added: Labelled[]): Labelled[] {
  const entries = new Map(now.map((entry) => [entry.value.trim(), entry]));
  for (const { value, label } of added) {
    const own = entries.get(value);
    if (!own) entries.set(value, { value, label });
    else if (label && own.label?.trim() !== label) entries.set(value, { ...own, label });
  }
  return [...entries.values()];
}

/** A number that is there in another spelling is not added again. */
function withPhones(row: Fields, added: Labelled[]): Labelled[] {
  const now = row.phones as Labelled[];
  const country = row.country as string | null;
  const spelled = added.map((entry) => {
    const own = now.find(({ value }) => samePhone({ text: value, country }, { text: entry.value, country }));
    return own ? { ...entry, value: own.value.trim() } : entry;
  });
  return withLabelled(now, spelled);
}

function withText(field: string, now: string, added: string): string {
  const text = now.includes(added) ? now : `${now}\n${added}`;
  if (text.length > maxLength(field))
    throw new StoreError('too_long', 'Its text is too long to add to the existing text.');
  return text;
}
