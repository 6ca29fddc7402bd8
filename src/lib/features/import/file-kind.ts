/** The kind of rows in a file. In a file of contacts, a row without a person is a company. */
export const fileKinds = ['contacts', 'companies', 'deals'] as const;
export type FileKind = (typeof fileKinds)[number];

/** The choices for a row whose record is already on this device. */
export const duplicateChoices = {
  skip: 'Skip',
  update: 'Update',
  create: 'Add as duplicate',
} as const;
export type DuplicateChoice = keyof typeof duplicateChoices;
