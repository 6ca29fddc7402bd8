import { firstYear, lastYear } from '$lib/years';

/** The range of days that a date field accepts, as `YYYY-MM-DD`. */
export const firstDay = `${firstYear}-01-01`;
export const lastDay = `${lastYear}-12-31`;

/**
 * A day or local time as its field holds it, with the year that the person meant: a two-digit year is in this century.
 * Browsers read 12/03/26 as a day of the year 26.
 */
export const withCentury = (typed: string): string => typed.replace(/^00(?=\d\d-)/, '20');

/** The problem with a day or local time in a field; `undefined` if there is none, or the field is empty. */
export function dayProblem(typed: string): string | undefined {
  const day = withCentury(typed).slice(0, firstDay.length);
  if (!day || (/^\d{4}-\d\d-\d\d$/.test(day) && day >= firstDay && day <= lastDay)) return undefined;
  return `Choose a year from ${firstYear} to ${lastYear}.`;
}

/** The stored form of a day: `YYYY-MM-DD`, or null if it is empty. */
export const storedDay = (typed: string): string | null => withCentury(typed.trim()) || null;

/**
 * The first field under `root` with an incomplete date or time. Its value reads as empty, so a form would save it as
 * such. The field itself says what is missing.
 */
export function halfTyped(root: ParentNode): HTMLInputElement | undefined {
  const half = [...root.querySelectorAll('input')].find(({ validity }) => validity.badInput);
  half?.checkValidity();
  return half;
}
