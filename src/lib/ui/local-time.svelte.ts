import { clock } from './clock.svelte';
import { exactTime as exact } from './format-date';

/**
 * The exact day, and time where there is one, in this device's time zone; anew in a template when the device has come
 * to another one.
 */
export function exactTime(value: string): string {
  void clock.zone;
  return exact(value);
}
