/** One measured value; with a target it either passes or misses. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The target as text, printed next to the value. */
  target?: string;
  pass?: boolean;
}

/** Rows of text under headings, for the document. */
export interface Table {
  title: string;
  columns: string[];
  rows: string[][];
}

/** Lines over a logarithmic scale, or bars if each series has one value. */
export interface Plot {
  file: string;
  title: string;
  /** The unit of the values, such as `ms`. */
  unit: string;
  x: string[];
  series: { name: string; values: number[] }[];
}

export interface Section {
  figures: Figure[];
  tables: Table[];
  plots: Plot[];
  /** The text of `docs/scaling.md` about larger teams. */
  sizing?: Table;
}

export const atMost = (name: string, value: number, unit: string, most: number): Figure => ({
  name,
  value,
  unit,
  target: `at most ${show(most, unit)}`,
  pass: value <= most,
});

export const atLeast = (name: string, value: number, unit: string, least: number): Figure => ({
  name,
  value,
  unit,
  target: `at least ${show(least, unit)}`,
  pass: value >= least,
});

export const exactly = (name: string, value: number, unit: string, wanted: number): Figure => ({
  name,
  value,
  unit,
  target: `exactly ${show(wanted, unit)}`,
  pass: value === wanted,
});

/** A number for people: three significant digits below a hundred, thousands separated. */
export function show(value: number, unit = ''): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const number = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  if (unit === '×') return `${number}×`;
  return unit ? `${number} ${unit}` : number;
}

/** The line of a figure. It begins with `pass` or `miss` if there is a target. */
export function line({ name, value, unit, target, pass }: Figure): string {
  const text = `${name}: ${show(value, unit)}`;
  return target === undefined ? `     ${text}` : `${pass ? 'pass' : 'miss'} ${text} (${target})`;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** A quantile, by linear interpolation; NaN without values. */
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return NaN;
  return below + (above - below) * (place - Math.floor(place));
}
