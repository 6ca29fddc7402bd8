/**
 * A whole number with commas between the thousands, "12,345". By hand: the first use of Intl takes a phone a tenth of a
 * second, and every list begins with a count.
 */
export const formatCount = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
