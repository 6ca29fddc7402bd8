// Direction marks and other invisible signs. Joiners stay, because Persian, Hindi and emoji need them.
const invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

const variants: [RegExp, string][] = [
  // The only letter that contains one of these signs.
  [/ŉ/g, "'n"],
  [/[`´‘’‚‛′ʹʻʼʽˈ՚׳]/g, "'"],
  [/[“”„‟«»″״〝〞〟]/g, '"'],
  [/[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63]/g, '-'],
  [/[^\S\n]/g, ' '],
];

/** The punctuation of East Asian text that is as wide as a syllable, and its narrow forms. Letters stay as they are. */
const wide = /[！-／：-＠［-｀｛-･]/g;

/** Unifies all kinds of apostrophes, quotation marks, dashes and spaces, and removes invisible signs. */
export function plainSigns(text: string): string {
  // Some signs become another only in NFC: the Greek varia is a grave accent.
  const composed = text.normalize('NFC');
  const visible = composed.replace(invisible, '').replace(wide, (sign) => sign.normalize('NFKC'));
  return variants.reduce((plain, [pattern, sign]) => plain.replace(pattern, sign), visible);
}
