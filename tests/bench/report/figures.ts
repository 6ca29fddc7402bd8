/** One measured value; with a target it either passes or misses. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** In words, as it is printed beside the value. */
  target?: string;
  pass?: boolean;
}

/** Rows of text under headings, for the document. */
export interface Table {
  title: string;
  columns: string[];
  rows: string[][];
}

/** Lines over a logarithmic scale, or bars where there is one value each. */
export interface Plot {
  file: string;
  title: string;
  /** What the values are, such as `ms`. */
  unit: string;
  x: string[];
  series: { name: string; values: number[] }[];
}

export interface Section {
  figures: Figure[];
  tables: Table[];
  plots: Plot[];
  /** What `docs/scaling.md` says of larger teams. */
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

/** A number as people write it: three significant digits below a hundred, thousands set apart. */
export function show(value: number, unit = ''): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const number = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  if (unit === '×') return `${number}×`;
  return unit ? `${number} ${unit}` : number;
}

/** The line of a figure: begins with `pass` or `miss` where there is a target. */
export function line({ name, value, unit, target, pass }: Figure): string {
  const text = `${name}: ${show(value, unit)}`;
  return target === undefined ? `     ${text}` : `${pass ? 'pass' : 'miss'} ${text} (${target})`;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a part of the values lies, by linear interpolation; NaN without values. */
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return NaN;
  return below + (above - below) * (place - Math.floor(place));
}
