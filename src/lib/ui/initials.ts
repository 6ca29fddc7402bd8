/**
 * One or two letters for a name: "Maya Okafor" is MO, "(Bob) Smith Jr." is BS, "Bistro" is B, nothing is "?". A digit
 * stands for a word that has no letter.
 */
export function initials(name: string): string {
  const words = name.normalize('NFC').split(/[\s\-_.@]+/u);
  const signs = words.map((word) => /\p{L}/u.exec(word)?.[0] ?? /\p{N}/u.exec(word)?.[0] ?? '');
  const found = signs.filter((sign, place) => sign && !(place > 1 && suffix.test(words[place] ?? '')));
  const both = found.length > 1 ? [found[0], found.at(-1)] : found;
  // ß and the ligatures have two capitals.
  return both.map((sign = '') => [...sign.toUpperCase()][0]).join('') || '?';
}

const suffix = /^(jr|sr|i{2,3}|iv)$/i;

/** A hue in degrees that is the same for a name on every device. Similar names get different hues. */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % 360;
}
