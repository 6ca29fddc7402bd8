import { stageLabels, type Stage } from '$lib/entities/deal';
import { recordName } from './record-name';
import type { EntityName } from '$lib/entities/registry';
import type { Role } from '$lib/entities/member';
import type { NoteKind } from '$lib/entities/note';
import { one } from '$lib/store/read';
import { exactTime } from '$lib/ui/local-time.svelte';
import { formatMoney } from '$lib/ui/format-money';
import { kindLooks } from './note-kinds';
import { roleWord } from '$lib/shared/members/roles';

const references: Record<string, EntityName> = {
  company_id: 'companies',
  principal_id: 'companies',
  contact_id: 'contacts',
  contact_ids: 'contacts',
  deal_id: 'deals',
  owner_id: 'members',
  assignee_id: 'members',
};

/**
 * A field's value as a person reads it: days and times in this device's time zone, references by the name of what they
 * point to.
 * @param currency the currency, if the field is an amount
 */
export async function formatValue(field: string, value: unknown, currency?: string | null): Promise<string> {
  if (value === null || value === undefined || value === '') return 'empty';
  if (Array.isArray(value)) {
    const parts = await Promise.all(value.map((part) => formatValue(field, part)));
    return parts.length > 0 ? parts.join(', ') : 'empty';
  }
  if (typeof value === 'object') {
    const { value: inner, label } = value as { value?: unknown; label?: unknown };
    if (inner === undefined) return JSON.stringify(value);
    return label ? `${String(inner)} (${String(label)})` : String(inner);
  }
  const entity = references[field];
  if (entity && typeof value === 'string') return recordName(entity, await one(entity, value));
  if (field === 'stage') return stageLabels[value as Stage] ?? String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field === 'amount' && typeof value === 'number') return formatMoney(value, currency);
  if (field === 'kind') return kindLooks[value as NoteKind]?.label ?? String(value);
  if (field === 'role') return roleWord(value as Role) ?? String(value);
  return typeof value === 'string' && /_(on|at)$/.test(field) ? exactTime(value) : String(value);
}
