import { currencyInHeader, currencyNamed } from '$lib/shared/pipeline/currency-words';
import { readDate, type DateOrder } from './read-date';
import { plainNumber } from './plain-number';
import { evidenceIn, readMoney, type Separators } from './read-money';
import type { SourceTable } from './source-table';
import { dateTargets, type Column } from './targets';

/** The facts about a whole file that its cells do not say and the person has to give. */
export interface Answers {
  order?: DateOrder | undefined;
  separators?: Separators | undefined;
}

/** The answers of the person so far. */
export interface Said {
  order?: DateOrder | undefined;
  decimals?: ',' | '.' | undefined;
}

/** The way to read the cells of a file: as the person says, or else as its other cells show. */
export function answersFor(table: SourceTable, columns: Column[], said: Said = {}): Answers {
  const { dates, amounts } = questionsOf(table, columns);
  const amount = columns.find(({ target }) => target === 'amount');
  const separators =
    amounts?.separators ?? separatorsOf(table.rows.map(({ cells }) => cells[amount?.index ?? -1] ?? ''));
  return {
    order: said.order ?? dates?.likely,
    separators: said.decimals ? withDecimals(separators, said.decimals) : separators,
  };
}

/** The questions about a file, each with a cell that can be read in two ways. */
export interface Questions {
  dates?: { example: string; likely: DateOrder | undefined };
  amounts?: { example: string; separators: Separators };
}

/** The ambiguities in a file. Its other cells may make one answer likely. */
export function questionsOf({ rows }: SourceTable, columns: Column[]): Questions {
  const cellsOf = (isWanted: (column: Column) => boolean) =>
    columns.filter(isWanted).flatMap(({ index }) => rows.map(({ cells }) => cells[index]?.trim() ?? ''));
  const dates = cellsOf(({ target }) => dateTargets.has(target)).filter(Boolean);
  const example = dates.find((cell) => readDate(cell).kind === 'ambiguous');
  const amounts = amountsOf({ rows }, columns);
  return {
    ...(example ? { dates: { example, likely: likelyOrder(dates) } } : {}),
    ...(amounts ? { amounts } : {}),
  };
}

/** The only order that is possible for all dates of a file. */
function likelyOrder(dates: string[]): DateOrder | undefined {
  const orders = new Set(
    dates.flatMap((cell): DateOrder[] => {
      const [, first = '', second = ''] =
        /^(\d{1,2}) ?[/ -] ?(\d{1,2}) ?[/ -] ?\d{2,4}\b/.exec(plainNumber(cell)) ?? [];
      if (Number(first) > 12) return ['day'];
      return Number(second) > 12 ? ['month'] : [];
    }),
  );
  return orders.size === 1 ? [...orders][0] : undefined;
}

function amountsOf({ rows }: Pick<SourceTable, 'rows'>, columns: Column[]): Questions['amounts'] {
  const amount = columns.find(({ target }) => target === 'amount');
  const currency = columns.find(({ target }) => target === 'currency');
  if (!amount) return undefined;
  const at = (cells: string[], column: Column | undefined) => cells[column?.index ?? -1]?.trim() ?? '';
  const separators = separatorsOf(rows.map(({ cells }) => at(cells, amount)));
  const unclear = rows.find(({ cells }) => {
    const code = currency ? currencyNamed(at(cells, currency)) : currencyInHeader(amount.header);
    return readMoney(at(cells, amount), code ?? undefined, separators).kind === 'ambiguous';
  });
  return unclear && { example: at(unclear.cells, amount), separators };
}

/** The meaning of commas and points in a file, as far as its amounts show it. */
function separatorsOf(amounts: string[]): Separators {
  const seen = amounts.flatMap(evidenceIn);
  const shows = (mark: ',' | '.', meaning: 'decimals' | 'thousands', sure = false) =>
    seen.some((one) => one.mark === mark && one.meaning === meaning && (one.sure || !sure));
  const isCommaOpen = shows(',', 'decimals') && !shows(',', 'thousands');
  const point = shows('.', 'thousands')
    ? shows('.', 'decimals')
      ? undefined
      : 'thousands'
    : shows('.', 'decimals', true)
      ? 'decimals'
      : undefined;
  return { comma: isCommaOpen ? undefined : 'thousands', point };
}

/** The meaning of commas and points after the person has said which of them marks the decimals. */
function withDecimals({ comma, point }: Separators, decimals: ',' | '.'): Separators {
  return {
    comma: comma ?? (decimals === ',' ? 'decimals' : 'thousands'),
    point: point ?? (decimals === '.' ? 'decimals' : 'thousands'),
  };
}
