import { contactName } from '$lib/entities/contact';
import { stageLabels, type Deal } from '$lib/entities/deal';
import { inWords } from '$lib/ui/format-date';
import { formatMoney } from '$lib/ui/format-money';
import { joinTags } from '$lib/shared/forms/text';
import { companyFields, contactFields, type PlainField } from '$lib/shared/forms/plain-fields';
import type { BuiltRow } from './built-row';

/** A few lines that describe a record before it exists. */
export interface Preview {
  kind: BuiltRow['kind'];
  name: string;
  lines: string[];
  /** The background text, or the reason why the row cannot be imported. */
  text: string | null;
}

/**
 * Describes the record that a row will become. It writes dates in words, as the lists do.
 * @param memberName the name of a member by id
 */
export function previewOf(
  record: BuiltRow,
  now: Date,
  memberName: (id: string) => string | undefined,
): Preview {
  if (record.kind === 'problem')
    return { kind: 'problem', name: 'Cannot be imported', lines: [], text: record.reason };
  const { owner_id } = record.values;
  const owner = owner_id && `Owner: ${memberName(owner_id) ?? ''}`;
  if (record.kind === 'deal') {
    const { name, stage, amount, currency, description } = record.values;
    const facts = [
      stageLabels[stage ?? 'new_lead'],
      formatMoney(amount, currency),
      ...datesOf(record.values, now),
    ];
    return {
      kind: 'deal',
      name,
      lines: lines(record.company, record.person, ...facts, owner),
      text: description ?? null,
    };
  }
  const { values } = record;
  const place = [
    values.street,
    [values.postal_code, values.city].filter(Boolean).join(' '),
    values.region,
    values.country,
  ];
  const tags = joinTags(values.tags ?? []);
  if (record.kind === 'company') {
    const { name, phone, description } = record.values;
    return {
      kind: 'company',
      name,
      lines: lines(phone, ...plainLines(companyFields, record.values, now), ...place, tags, owner),
      text: description ?? null,
    };
  }
  const { first_name = null, last_name = null, title, emails = [], phones = [] } = record.values;
  const entries = [...emails, ...phones].map(({ value, label }) => (label ? `${value} (${label})` : value));
  return {
    kind: 'contact',
    name: contactName({ first_name, last_name }),
    lines: lines(
      [title, record.company].filter(Boolean).join(' at '),
      ...entries,
      ...plainLines(contactFields, record.values, now),
      ...place,
      tags,
      owner,
    ),
    text: record.values.background ?? null,
  };
}

const plainLines = <Name extends string>(
  fields: readonly PlainField<Name>[],
  values: Partial<Record<Name, string | null>>,
  now: Date,
): (string | null | undefined)[] =>
  fields.map(({ field, label, control }) => {
    const value = values[field];
    return control === 'day' ? value && `${label}: ${inWords(value, now)}` : value;
  });

function datesOf(deal: Partial<Deal>, now: Date): (string | null | undefined)[] {
  const { expected_close_on, closed_at, next_action, next_action_on } = deal;
  const next = [next_action, next_action_on && `(${inWords(next_action_on, now)})`].filter(Boolean).join(' ');
  return [
    expected_close_on && `Expected close: ${inWords(expected_close_on, now)}`,
    closed_at && `Closed: ${inWords(closed_at, now)}`,
    next && `Next action: ${next}`,
  ];
}

const lines = (...texts: (string | null | undefined)[]) =>
  texts.filter((text): text is string => Boolean(text));
