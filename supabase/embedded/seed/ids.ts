const KINDS = ['member', 'company', 'contact', 'deal', 'note', 'task', 'identity'] as const;

/** The fixed id of the n-th record of a kind: a valid UUIDv7, and the same in every seeded database. */
export function seedId(kind: (typeof KINDS)[number], index: number): string {
  const group = String(KINDS.indexOf(kind) + 1).padStart(4, '0');
  return `01900000-${group}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
