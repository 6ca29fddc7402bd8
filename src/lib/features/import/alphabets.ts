const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');

const russian = `${range(0x430, 0x44f)}ё`;
const sets = (...alphabets: string[]): ReadonlySet<string>[] => alphabets.map((letters) => new Set(letters));

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

/**
 * The letters beyond ASCII of the languages that an encoding is made for, in lower case. Languages that more people write
 * come first.
 */
export const alphabets: Record<Region, ReadonlySet<string>[]> = {
  western: sets(
    'àâæçéèêëîïôœùûüÿ', // French
    'äöüß', // German
    'áéíóúüñ', // Spanish
    'ãõáàâéêíóôúç', // Portuguese
    'àèéìíòóùú', // Italian
    'àçéèíïóòúü', // Catalan
    'ëïéèöüá', // Dutch
    'åäöé', // Swedish, Finnish
    'æøåéô', // Danish, Norwegian
    'áðéíóúýþæö', // Icelandic
  ),
  central: sets(
    'ąćęłńóśźż', // Polish
    'áčďéěíňóřšťúůýž', // Czech
    'áéíóöőúüű', // Hungarian
    'ăâîşţ', // Romanian
    'áäčďéíĺľňóôŕšťúýž', // Slovak
    'čćđšž', // Croatian, Slovenian, Serbian
    'äöüß', // German
  ),
  baltic: sets('ąčęėįšųūž', 'āčēģīķļņšūž', 'õäöüšž'), // Lithuanian, Latvian, Estonian
  turkish: sets('çğıöşüâîû\u0307'),
  cyrillic: sets(
    russian,
    `${russian.replace(/[ёъыэ]/g, '')}іїєґ`, // Ukrainian
    `${russian.replace(/[ёъы]/g, '')}іў`, // Belarusian
    'абвгдђежзијклљмнњопрстћуфхцчџш', // Serbian
  ),
  greek: sets(`${range(0x3b1, 0x3c9)}άέήίόύώϊϋΐΰ`),
  hebrew: sets(range(0x5d0, 0x5ea)),
  arabic: sets(`${range(0x621, 0x63a)}${range(0x641, 0x64a)}پچژگ`), // Persian, too
  thai: sets(`${range(0xe01, 0xe3a)}${range(0xe40, 0xe4e)}`),
  // Ideographs are told by their bytes.
  eastern: sets(''),
};
