import { fold } from '$lib/text/fold';
import type { SourceRow } from './source-table';

// Forms of address in the languages of the column names. They are not part of a name or a job title.
const words = new Set(
  (
    'mr mrs ms miss mx sir madam mister herr hr frau fr fraulein m mme mlle mm monsieur madame mademoiselle ' +
    'senor senora senorita sr sra srta don dona sig sigra signor signora signorina dhr mevr mevrouw mw de heer ' +
    'pan pani bay bayan herrn'
  ).split(' '),
);

/** Whether a text is only a form of address, like "Mrs." or "Herr"; "Dr." is part of a name. */
export function isFormOfAddress(text: string): boolean {
  const parts = fold(text)
    .replace(/[.,/&]/g, ' ')
    .split(' ')
    .filter(Boolean);
  return parts.length > 0 && parts.length < 4 && parts.every((part) => words.has(part));
}

const degrees = new Set(
  'dr dra prof professor ing dipl mag mba phd hc lic arq rev hon capt sir dame'.split(' '),
);
/** Whether a text is only a degree, like "Prof. Dr.". */
export const isDegree = (text: string) =>
  fold(text)
    .split(/[.,\s-]+/)
    .filter(Boolean)
    .every((part) => degrees.has(part));

/** Whether a column that is called a title holds forms of address or degrees. */
export function holdsFormsOfAddress(rows: Pick<SourceRow, 'cells'>[], index: number): boolean {
  const values = rows
    .slice(0, 200)
    .map(({ cells }) => cells[index]?.trim() ?? '')
    .filter(Boolean);
  return (
    values.length > 0 &&
    values.filter((value) => isFormOfAddress(value) || isDegree(value)).length * 2 > values.length
  );
}
