import { clock } from './clock.svelte';
import { exactTime as exact } from './format-date';

/**
 * The exact day, with the time if there is one, in this device's time zone. A template updates when the device comes to
 * another time zone.
 */
export function exactTime(value: string): string {
  void clock.zone;
  return exact(value);
}
