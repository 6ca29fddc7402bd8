import { stageLabels, stages, type Deal } from '$lib/entities/deal';
import { fold } from '$lib/ui/fold';
import { parseAmount } from '../deals/amount';
import type { BuiltRow } from './build-row';
import type { Cells } from './cells';
import { priorityOf, tagsOf, withText } from './common-fields';
import { readDay } from './read-day';
import type { Target } from './targets';

/** The deal of a row. A value that its field cannot hold goes to the description. */
export function dealOf(cells: Cells): BuiltRow {
  const name = cells.text(['deal_name'], ', ', 'name');
  if (!name) return { kind: 'problem', reason: 'It has no deal name, or one longer than 300 characters.' };
  const values: Partial<Deal> & { name: string } = {
    name,
    stage: parsed(cells, 'stage', stageNamed),
    amount: parsed(cells, 'amount', (text) => parseAmount(text).amount ?? undefined) ?? null,
    currency: parsed(cells, 'currency', currencyOf) ?? null,
    expected_close_on: parsed(cells, 'expected_close_on', readDay) ?? null,
    priority: priorityOf(cells),
    next_action: cells.text(['next_action'], ', '),
    next_action_on: parsed(cells, 'next_action_on', readDay) ?? null,
    source: cells.text(['source'], ', '),
    closed_at: parsed(cells, 'closed_at', momentOf) ?? null,
    lost_reason: cells.text(['lost_reason'], ', '),
    tags: tagsOf(cells),
  };
  const company = cells.text(['company'], ', ', 'name');
  const principal = cells.text(['principal'], ', ', 'name');
  return withText(cells, 'description', (description) => ({
    kind: 'deal',
    values: { ...values, description },
    company,
    principal,
  }));
}

/** The first cell that `read` understands; the others stay for the text. */
function parsed<T>(cells: Cells, target: Target, read: (text: string) => T | undefined): T | undefined {
  for (const cell of cells.all(target)) {
    const value = read(cell.value.trim());
    if (value === undefined) continue;
    cells.take(cell);
    return value;
  }
  return undefined;
}

const plain = (text: string) => fold(text).replace(/[^\p{L}]+/gu, '');

const stageNamed = (text: string) =>
  stages.find((stage) =>
    [stage, stageLabels[stage], stage.replace('closed_', '')].some((name) => plain(name) === plain(text)),
  );

const currencyOf = (text: string) => (/^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined);

function momentOf(text: string): string | undefined {
  const day = readDay(text.slice(0, 10));
  if (!day) return undefined;
  const moment = new Date(text.length > 10 ? text : `${day}T12:00:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
