/** The priorities a record can have, as options of a field; '' is none. */
export const priorityOptions = [
  { value: '', label: 'None' },
  ...['A', 'B', 'C', 'D'].map((value) => ({ value, label: value })),
];
