/** When a record was made: when its author did it, or else when it arrived at the server. */
export const addedAt = (row: { created_at: string; made_at?: string | null }): string =>
  row.made_at ?? row.created_at;
