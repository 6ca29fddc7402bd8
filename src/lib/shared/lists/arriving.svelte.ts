import { live } from '$lib/store/live.svelte';
import { syncStatus } from '$lib/sync/status.svelte';
import { FirstRows } from './first-rows';

/** A list's rows, and which of them stand still while a first sync brings the others. */
export interface Arriving<Row> {
  /** All rows on this device. */
  readonly current: Row[];
  /** What an unfiltered list shows: while more arrives the rows that came first, then all. */
  readonly standing: Row[];
  /** More rows are on their way than stand in the list. */
  readonly arriving: boolean;
  /** True until the first answer. */
  readonly loading: boolean;
}

/**
 * Reads a sorted list that does not move while a first sync goes on: a row that came later may belong above those a
 * person is about to touch, so it waits for the end, when all take their places at once. Where the sync is broken off,
 * all that came is there.
 * Call it while a component initialises.
 * @param madeHere whether a row was made on this device and not sent yet: it does not wait
 */
export function arrivingList<Row extends { id: string }>(
  query: () => Promise<Row[]>,
  madeHere: (row: Row) => boolean,
): Arriving<Row> {
  const arriving = $derived(syncStatus.firstSync !== null && syncStatus.running);
  const first = new FirstRows(madeHere);
  // Rows and whether they are all come in one answer: the end of the sync is asked about anew, after its last page.
  const answer = live(
    () => arriving,
    async (arriving) => {
      const rows = await query();
      return { arriving, rows, standing: arriving ? first.of(rows) : first.all(rows) };
    },
    { arriving: false, rows: [] as Row[], standing: [] as Row[] },
  );
  return {
    get current() {
      return answer.current.rows;
    },
    get standing() {
      return answer.current.standing;
    },
    get arriving() {
      return answer.current.arriving;
    },
    get loading() {
      return answer.loading;
    },
  };
}
