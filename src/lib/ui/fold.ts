const letters: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Text as it is compared while searching: no case, no accents ("Łódź" and "lodz" are equal). */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Most texts have nothing to take off, and normalising is what costs.
  if (/^[\0-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łøßæœđðþı]/g, (letter) => letters[letter] ?? letter);
}
