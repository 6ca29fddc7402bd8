/** The priorities that a record can have, as options of a field. An empty string means none. */
export const priorityOptions = [
  { value: '', label: 'None' },
  ...['A', 'B', 'C', 'D'].map((value) => ({ value, label: value })),
];
