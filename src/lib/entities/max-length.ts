const longTexts: Record<string, number> = {
  body: 100_000,
  description: 20_000,
  background: 20_000,
  message: 2_000,
  query: 20_000,
};
const otherTexts = 300;

/** The most characters a text field takes; the server refuses more. */
export const maxLength = (field: string): number => longTexts[field] ?? otherTexts;
