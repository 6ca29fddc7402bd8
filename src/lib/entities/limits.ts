const longTexts: Record<string, number> = {
  body: 100_000,
  description: 20_000,
  background: 20_000,
  message: 2_000,
};
const otherTexts = 300;

/** The most characters a text field takes; the server refuses more. */
export const maxLength = (field: string): number => longTexts[field] ?? otherTexts;

/** A sentence for the person where a text is too long, `undefined` where all fit. */
export function checkLengths(values: Record<string, unknown>): string | undefined {
  for (const [field, value] of Object.entries(values)) {
    const most = maxLength(field);
    if (typeof value === 'string' && value.length > most)
      return `This text has ${value.length.toLocaleString('en')} characters; at most ${most.toLocaleString('en')} can be saved. Nothing was changed, your text is still here.`;
  }
  return undefined;
}
