/** The filters of a list. */
export interface ListFilter {
  text: string;
  /** Only the records this member owns. */
  owner?: string | undefined;
  tag?: string | undefined;
  /** One of the list's presets. */
  preset?: string | undefined;
  /** One of the list's sort orders; by name without one. */
  sort?: string | undefined;
}

export const emptyFilter: ListFilter = { text: '' };
