import { createContext } from 'svelte';

/**
 * The height of the header of the surrounding list in pixels, for elements that stick below it. A custom property on
 * the list would make the browser restyle every row.
 */
export const [listHeaderHeight, setListHeaderHeight] = createContext<() => number>();
