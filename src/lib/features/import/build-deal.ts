import { isOpen, stageLabels, stages, type Deal, type Stage } from '$lib/entities/deal';
import { fold } from '$lib/text/fold';
import type { BuiltRow, Reading } from './built-row';
import type { Cells } from './cells';
import { dayOf, priorityOf, tagsOf, withText } from './common-fields';
import { currencyInHeader, currencyNamed } from '$lib/shared/pipeline/currency-words';
import { localDay, readDate } from './read-date';
import { readMoney } from './read-money';
import type { Target } from './targets';

/** Makes the deal of a row. A value that its field cannot hold goes to the description and is listed. */
export function dealOf(cells: Cells, reading: Reading): BuiltRow {
  const name = cells.text(['deal_name'], ', ', 'name');
  if (!name)
    return { kind: 'problem', reason: 'It has no deal name, or the name is longer than 300 characters.' };
  const stage = stageOf(cells);
  const values: Partial<Deal> & { name: string } = {
    name,
    stage,
    ...moneyOf(cells, reading),
    expected_close_on: dayOf(cells, 'expected_close_on', reading),
    priority: priorityOf(cells),
    next_action: cells.text(['next_action'], ', '),
    next_action_on: dayOf(cells, 'next_action_on', reading),
    source: cells.text(['source'], ', '),
    closed_at: closedAt(cells, reading, stage),
    lost_reason: cells.text(['lost_reason'], ', '),
    tags: tagsOf(cells),
  };
  const company = cells.text(['company'], ', ', 'name');
  const principal = cells.text(['principal'], ', ', 'name');
  const person = cells.text(['contact'], ', ', 'name');
  return withText(cells, 'description', (description) => ({
    kind: 'deal',
    values: { ...values, description },
    company,
    principal,
    person,
  }));
}

/** The stage, unless a status says that the deal is closed. A status that only says "open" changes nothing. */
function stageOf(cells: Cells): Stage | undefined {
  const stage = parsed(cells, 'stage', stageNamed);
  const status = parsed(cells, 'status', (text) =>
    open.test(plain(text)) ? 'open' : (stageNamed(text) ?? undefined),
  );
  if (status === 'open' || status === undefined) return stage;
  return isOpen(status) ? (stage ?? status) : status;
}

const open = /^(open|offen|ouvert|abierto|aperto|active|inprogress)$/;

/**
 * The amount with its currency. An amount in an unknown currency is left out, because it would be a different amount.
 */
function moneyOf(cells: Cells, { separators }: Reading): Pick<Partial<Deal>, 'amount' | 'currency'> {
  const [amountCell] = cells.all('amount');
  const [currencyCell] = cells.all('currency');
  const named = currencyCell && currencyNamed(currencyCell.value, amountCell && signIn(amountCell.value));
  if (currencyCell && named) cells.take(currencyCell);
  if (currencyCell && !named) cells.cannotRead(currencyCell, 'is not a currency');
  if (!amountCell) return { amount: null, currency: named ?? null };
  const inHeader = currencyCell ? undefined : currencyInHeader(amountCell.column.header);
  const money =
    currencyCell && !named ? undefined : readMoney(amountCell.value, named ?? inHeader, separators);
  if (money?.kind === 'read') {
    cells.take(amountCell);
    return { amount: money.amount, currency: money.currency ?? null };
  }
  if (money?.kind === 'unreadable') cells.cannotRead(amountCell, money.reason);
  if (!money) cells.cannotRead(amountCell, 'is an amount in an unknown currency');
  if (money?.kind === 'ambiguous') cells.cannotRead(amountCell, 'could mean two different amounts');
  return { amount: null, currency: named ?? null };
}

/** The currency that an amount names clearly. It says which dollars or kroner another column means. */
const signIn = (amount: string) => currencyNamed(amount.replace(/[^\p{L}\p{Sc}]+/gu, '')) ?? undefined;

/** The closing time of the deal. A day without a time becomes its noon, which is on the same day almost everywhere. */
function closedAt(
  cells: Cells,
  { order, now = new Date() }: Reading,
  stage: Stage | undefined,
): string | null {
  const [cell] = cells.all('closed_at');
  const date = cell && readDate(cell.value, order);
  if (!cell || !date) return null;
  if (isOpen(stage ?? 'new_lead')) {
    cells.cannotRead(cell, 'is the closing date of a deal that is still open');
    return null;
  }
  if (date.kind !== 'read') {
    cells.cannotRead(cell, date.kind === 'unreadable' ? date.reason : 'could mean two different dates');
    return null;
  }
  const noon = new Date(`${date.day}T12:00:00`);
  const at = date.at ?? (date.day === localDay(now) && noon > now ? now : noon);
  if (at > now) {
    cells.cannotRead(cell, 'is in the future');
    return null;
  }
  cells.take(cell);
  return at.toISOString();
}

/** The first cell that `read` understands. The others stay for the text. */
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
