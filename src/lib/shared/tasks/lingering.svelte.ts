import { SvelteSet } from 'svelte/reactivity';

/**
 * Tasks that were completed on the open page. They stay in their place, checked, until the person leaves the page:
 * nothing jumps under the finger, and the same box undoes a mistake.
 */
export const lingering = new SvelteSet<string>();
