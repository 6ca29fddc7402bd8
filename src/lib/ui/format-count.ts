/**
 * A whole number with commas between the thousands, "12,345". It does not use Intl, whose first use takes a phone a
 * tenth of a second, because every list begins with a count.
 */
export const formatCount = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
