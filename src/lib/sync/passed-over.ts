import type { Failure } from '$lib/remote/reply';
import type { OutboxEntry } from '$lib/store/records';
import type { Batch } from './batch';

/**
 * What a push leaves for later because something between the device and the server refuses it. That includes everything
 * that must not overtake it: its group, later changes to its record, and any change that names a record it creates.
 */
export class PassedOver {
  #failure: Failure | undefined;
  #events = false;
  readonly #seqs = new Set<number>();
  readonly #records = new Set<string>();
  readonly #made = new Set<string>();
  readonly #groups = new Set<string>();

  get isEmpty(): boolean {
    return this.#failure === undefined;
  }
  /** Why the newest of them was refused. */
  get failure(): Failure | undefined {
    return this.#failure;
  }
  /** Whether events are left for another time. */
  get events(): boolean {
    return this.#events;
  }

  add({ mutations, events }: Batch, failure: Failure): void {
    this.#failure = failure;
    if (events.length > 0) this.#events = true;
    for (const entry of mutations) this.#leave(entry);
  }

  /** Returns the entries that may still be sent, in the order of `seq`. */
  without(entries: OutboxEntry[]): OutboxEntry[] {
    // A whole group waits, and so does everything that depends on any of its members, even on earlier ones: look again
    // until nothing new is found.
    for (let before = -1; before !== this.#seqs.size;) {
      before = this.#seqs.size;
      for (const entry of entries) if (this.#dependsOn(entry)) this.#leave(entry);
    }
    return entries.filter(({ seq }) => !this.#seqs.has(seq));
  }

  #leave({ seq, entity, id, op, group_id }: OutboxEntry): void {
    this.#seqs.add(seq);
    this.#records.add(`${entity}/${id}`);
    if (op === 'insert') this.#made.add(id);
    if (group_id) this.#groups.add(group_id);
  }

  #dependsOn({ seq, entity, id, group_id, patch }: OutboxEntry): boolean {
    if (this.#seqs.has(seq)) return false;
    if (group_id && this.#groups.has(group_id)) return true;
    if (this.#records.has(`${entity}/${id}`)) return true;
    if (this.#made.size === 0) return false;
    const text = JSON.stringify(patch);
    return [...this.#made].some((made) => text.includes(made));
  }
}
