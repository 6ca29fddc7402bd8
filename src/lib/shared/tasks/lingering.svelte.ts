import { SvelteSet } from 'svelte/reactivity';

/**
 * Tasks that were ticked off on the page that is open. They stay in their place, ticked, until it is
 * left: nothing jumps under the finger, and a slip is mended by the same box.
 */
export const lingering = new SvelteSet<string>();
