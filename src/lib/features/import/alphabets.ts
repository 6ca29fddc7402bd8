const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');

const russian = `${range(0x430, 0x44f)}ё`;

/** The letters beyond ASCII of a language, and how likely it is among those of its region, at most 1. */
interface Alphabet {
  letters: ReadonlySet<string>;
  share: number;
}

const of = (letters: string, share = 1): Alphabet => ({ letters: new Set(letters), share });

export type Region =
  | 'western'
  | 'central'
  | 'baltic'
  | 'turkish'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'thai'
  | 'eastern';

/** The languages that an encoding is made for, in lower case. */
export const alphabets: Record<Region, Alphabet[]> = {
  western: [
    of('àâæçéèêëîïôœùûüÿ'), // French
    of('äöüß'), // German
    of('áéíóúüñ'), // Spanish
    of('ãõáàâéêíóôúç', 0.995), // Portuguese
    of('àèéìíòóùú', 0.995), // Italian
    of('àçéèíïóòúü', 0.99), // Catalan
    of('ëïéèöüá', 0.995), // Dutch
    of('åäöé', 0.995), // Swedish, Finnish
    of('æøåéô', 0.995), // Danish, Norwegian
    of('áðéíóúýþæö', 0.94), // Icelandic
  ],
  central: [
    of('ąćęłńóśźż'), // Polish
    of('áčďéěíňóřšťúůýž'), // Czech
    of('áéíóöőúüű'), // Hungarian
    of('ăâîşţ', 0.98), // Romanian
    of('áäčďéíĺľňóôŕšťúýž', 0.98), // Slovak
    of('čćđšž', 0.98), // Croatian, Slovenian, Serbian
    of('äöüß', 0.96), // German
  ],
  // Lithuanian, Latvian, Estonian
  baltic: [of('ąčęėįšųūž'), of('āčēģīķļņšūž', 0.99), of('õäöüšž', 0.98)],
  turkish: [of('çğıöşüâîû\u0307')],
  cyrillic: [
    of(russian),
    of(`${russian.replace(/[ёъыэ]/g, '')}іїєґ`, 0.99), // Ukrainian
    of(`${russian.replace(/[ёъы]/g, '')}іў`, 0.99), // Belarusian
    of('абвгдђежзијклљмнњопрстћуфхцчџш', 0.98), // Serbian
  ],
  greek: [of(`${range(0x3b1, 0x3c9)}άέήίόύώϊϋΐΰ`)],
  hebrew: [of(range(0x5d0, 0x5ea))],
  arabic: [of(`${range(0x621, 0x63a)}${range(0x641, 0x64a)}پچژگ`)], // Persian, too
  thai: [of(`${range(0xe01, 0xe3a)}${range(0xe40, 0xe4e)}`)],
  // Ideographs are told by their bytes.
  eastern: [of('')],
};
