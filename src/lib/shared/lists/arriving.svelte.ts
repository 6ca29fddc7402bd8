import { live } from '$lib/store/live.svelte';
import { syncStatus } from '$lib/sync/status.svelte';
import { FirstRows } from './first-rows';

/** A list's rows, and the rows that keep their place while a first sync brings more. */
export interface Arriving<Row> {
  /** All rows on this device. */
  readonly current: Row[];
  /** The rows of an unfiltered list: the first ones while more arrive, then all. */
  readonly standing: Row[];
  /** More rows are arriving than the list shows. */
  readonly arriving: boolean;
  /** True until the first answer. */
  readonly loading: boolean;
}

/**
 * Reads a sorted list that does not move during a first sync. A later row may belong above rows that a person is about
 * to touch, so it waits until the end, when all rows take their places at once. If the sync stops, all rows that have
 * arrived are shown. Call it while a component initializes.
 * @param madeHere whether a row was created on this device and has not been sent; it does not wait
 */
export function arrivingList<Row extends { id: string }>(
  query: () => Promise<Row[]>,
  madeHere: (row: Row) => boolean,
): Arriving<Row> {
  const arriving = $derived(syncStatus.firstSync !== null && syncStatus.running);
  const first = new FirstRows(madeHere);
  // One answer has both the rows and whether they are complete, so the end of the sync is read again after its last
  // page.
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
