import type { Target } from './targets';

const signsOnly = /^(?![#!])[\p{P}\p{Z}`]+$/u;
/**
 * Text that programs and people write for an empty cell, also in columns of names, although some people are called
 * Null.
 */
const nothingOfName =
  /^(n ?[/\\] ?a|#n\/a!?|#null!?|[([<](null|none|blank|empty|leer|vide|vac[ií]o)[)\]>])$/i;
const nothing = new RegExp(
  [
    nothingOfName.source,
    /^(null|nil|none|undefined|\\n|n\.\s?[adcv]\.?|[ns]\/[cdn]|k\.\s?a\.?|null,null)$/.source,
  ].join('|'),
  'i',
);
/** The same as words, which mean something in a note or as a tag. "NA" is also Namibia and North America. */
const nothingInWords = new RegExp(
  [
    /^(not (available|applicable|provided|specified|set)|unknown|unspecified|tb[ad])$/.source,
    /^(keine?( angabe)?|unbekannt|aucune?|néant|inconnue?|ninguno|ninguna|sin datos|desconocido)$/.source,
    /^(nessuno|nessuna|geen|ingen|brak|нет|н\/д|なし|無し|无|無)$/.source,
  ].join('|'),
  'i',
);
const wordy = new Set<Target>([
  ...(['country', 'region', 'tags', 'line', 'background', 'deal_name', 'segment'] as const),
  ...(['source', 'next_action', 'lost_reason'] as const),
]);
const names = new Set<Target>(['first_name', 'middle_name', 'last_name', 'full_name']);

/** Whether a cell is empty, or says so in words. */
export function isNothing(value: string, target: Target): boolean {
  const text = value.trim();
  if (text === '' || text === 'NaN' || signsOnly.test(text)) return true;
  if (names.has(target)) return nothingOfName.test(text);
  return nothing.test(text) || (!wordy.has(target) && (nothingInWords.test(text) || /^(NA|nan)$/.test(text)));
}

/** Whether a spreadsheet wrote an error instead of the value. */
export const isDamaged = (value: string): boolean =>
  /^(#(ref|value|name|div\/0|num|spill|calc|error)[!?]?|#{3,})$/i.test(value.trim());
