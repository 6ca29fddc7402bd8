import { syncStatus } from '$lib/sync/status.svelte';
import { FirstRows } from './first-rows';
import { firstThenAll } from './first-then-all.svelte';
import { screenful } from './screenful';

/** A list's rows, and the rows that keep their place while a first sync brings more. */
export interface Arriving<Row> {
  /** All rows on this device if `complete`, else the first ones. */
  readonly current: Row[];
  /** The rows of an unfiltered list: the first ones while more arrive, then all. */
  readonly standing: Row[];
  /** More rows are arriving than the list shows. */
  readonly arriving: boolean;
  /** All rows on this device have been read. Only then can they be counted, filtered, selected or exported. */
  readonly complete: boolean;
  /** True until the first answer. */
  readonly loading: boolean;
}

/**
 * Reads a sorted list. It reads about two screens of rows, and all others when these are on the screen, so that the
 * first rows take as long with 50,000 records as with 50.
 *
 * The list does not move during a first sync. A later row may belong above rows that a person is about to touch, so it
 * waits until the end, when all rows take their places at once. If the sync stops, all rows that have arrived are shown.
 * Call it while a component initializes.
 * @param first reads the first rows of `all`; it answers `undefined` if it cannot know them
 * @param madeHere whether a row was created on this device and has not been sent; it does not wait
 */
export function arrivingList<Row extends { id: string }>(
  first: (count: number) => Promise<Row[] | undefined>,
  all: () => Promise<Row[]>,
  madeHere: (row: Row) => boolean,
): Arriving<Row> {
  const arriving = $derived(syncStatus.firstSync !== null && syncStatus.running);
  const known = new FirstRows(madeHere);
  const count = 2 * screenful();
  // One answer has both the rows and whether more are arriving, so the end of the sync is read again after its last
  // page.
  const answer = firstThenAll(
    () => arriving,
    async (arriving) => {
      const rows = arriving ? undefined : await first(count);
      return rows && { arriving, rows, standing: known.all(rows) };
    },
    async (arriving) => {
      const rows = await all();
      return { arriving, rows, standing: arriving ? known.of(rows) : known.all(rows) };
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
    get complete() {
      return answer.complete;
    },
    get loading() {
      return answer.loading;
    },
  };
}
