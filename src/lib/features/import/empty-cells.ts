import type { Target } from './targets';

/** What programs and people write where there is nothing. */
const nothing =
  /^([-–—_.?/\s]+|n\/a|n\.a\.?|#n\/a|#null!?|\(null\)|<null>|\\n|null|nil|none|undefined|\(none\)|\(blank\)|\(empty\)|k\.\s?a\.?)$/i;
/** The same without words that are names: there are people called Null. */
const nothingOfName = /^([-–—_.?/\s]+|n\/a|#n\/a|#null!?|\(null\)|<null>|\(none\)|\(blank\)|\(empty\))$/i;
const names = new Set<Target>(['first_name', 'middle_name', 'last_name', 'full_name']);

/** Whether a cell holds nothing, in words or not. */
export const isNothing = (value: string, target: Target): boolean =>
  value.trim() === '' ||
  value.trim() === 'NaN' ||
  (names.has(target) ? nothingOfName : nothing).test(value.trim());

/** Whether a spreadsheet wrote an error where the value was. */
export const isDamaged = (value: string): boolean =>
  /^(#(ref|value|name|div\/0|num|spill|calc|error)[!?]?|#{3,})$/i.test(value.trim());
