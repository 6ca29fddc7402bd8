/** What the rows of a file are. In a file of contacts, a row without a person is a company. */
export const fileKinds = ['contacts', 'companies', 'deals'] as const;
export type FileKind = (typeof fileKinds)[number];

/** What happens to a row whose record is on this device already. */
export const duplicateChoices = {
  skip: 'Skip it',
  update: 'Update the record',
  create: 'Add it once more',
} as const;
export type DuplicateChoice = keyof typeof duplicateChoices;
