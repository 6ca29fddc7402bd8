import { createContext } from 'svelte';

/**
 * How high the header of the list around is, px. Read by the few that stick below it: a custom property on the list
 * would have the browser style every row anew.
 */
export const [listHeaderHeight, setListHeaderHeight] = createContext<() => number>();
