import { stageLabels, type Stage } from '$lib/entities/deal';
import { recordName } from '$lib/entities/record-name';
import type { EntityName } from '$lib/entities/registry';
import { one } from '$lib/store/read';

const references: Record<string, EntityName> = {
  company_id: 'companies',
  principal_id: 'companies',
  contact_id: 'contacts',
  contact_ids: 'contacts',
  deal_id: 'deals',
  owner_id: 'members',
  assignee_id: 'members',
};

/** A field's value as a person reads it; references by the name of what they point to. */
export async function formatValue(field: string, value: unknown): Promise<string> {
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
  return String(value);
}
