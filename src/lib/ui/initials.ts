/** One or two letters for a name: "Maya Okafor" is MO, "Bistro" is B, nothing is "?". */
export function initials(name: string): string {
  const words = name.split(/[\s\-_.@]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase() || '?';
}

/** A hue that stays the same for a name on every device, in degrees. */
export function hueOf(text: string): number {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 3600;
  return hash / 10;
}
