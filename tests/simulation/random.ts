import { Random as SeededRandom } from '../../supabase/embedded/seed/random';

/** A random source for a story: the same seed gives the same story. */
export class Random extends SeededRandom {
  /** One of the items; `undefined` from an empty list, which still takes a number from the sequence. */
  override pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  /** A UUID in the shape of version 7; `tick` keeps their order. */
  uuid(tick: number): string {
    const hex = (digits: number) =>
      Array.from({ length: digits }, () => Math.floor(this.next() * 16).toString(16)).join('');
    const time = tick.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  }
}
