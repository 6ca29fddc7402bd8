/**
 * A day as `YYYY-MM-DD`, from `2026-03-12`, `2026/3/12`, `12.03.2026`, or `3/12/2026` where only one reading
 * is possible. `undefined` for anything else: a day that could be two is not guessed.
 */
export function readDay(text: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return day(dotted[3], dotted[2], dotted[1]);
  const other = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (!other) return undefined;
  const [, first, second, year] = other;
  const readings = new Set([day(year, first, second), day(year, second, first)]);
  readings.delete(undefined);
  return readings.size === 1 ? [...readings][0] : undefined;
}

function day(year = '', month = '', date = ''): string | undefined {
  const written = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const found = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(written) ? written : undefined;
}
