import { same } from '$lib/entities/same';

/**
 * Form drafts that survive a form closed by accident, a reload, and an app that the system ended in the background.
 * They stay on this device until they are saved, discarded or old. If the browser refuses to store one, it is lost.
 * Keys contain the user id, since two people may share a tablet.
 */
const prefix = 'atomic-crm:draft:';

const hour = 3_600_000;
const day = 24 * hour;

/** A draft contains a person's data. After two weeks nobody comes back for it. */
const keptFor = 14 * day;

interface Kept {
  /** The time of the last count of its age, by the device's clock. */
  at: number;
  /** Its age. An earlier release did not count it. */
  age?: number;
  state: unknown;
}

/** Stores a form's state under a key until it is saved or canceled. */
export function keepDraft(key: string, state: unknown, now = Date.now()): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: now, age: 0, state } satisfies Kept));
  } catch {
    forgetDraft(key);
  }
}

/** The state under a key; `undefined` if there is none, it is too old or it cannot be read. */
export function keptDraft(key: string, now = Date.now()): unknown {
  forgetWhere((name) => hasGrownOld(name, now));
  try {
    return stateIn(localStorage.getItem(prefix + key));
  } catch {
    return undefined;
  }
}

/** It can have any shape, because another release may have stored it. */
const stateIn = (kept: string | null): unknown =>
  kept === null ? undefined : (JSON.parse(kept) as Partial<Kept> | null)?.state;

export function forgetDraft(key: string): void {
  forgetWhere((name) => name === prefix + key);
}

/**
 * Calls back when another tab stores or deletes the draft of a key, with the states before and after; `undefined` means
 * that there is none.
 * @returns a function that stops it
 */
export function followDraft(key: string, changed: (before: unknown, after: unknown) => void): () => void {
  const listen = ({ key: name, oldValue, newValue }: StorageEvent) => {
    const [before, after] = [stateIn(oldValue), stateIn(newValue)];
    // Counting its age does not change the draft.
    if (name === prefix + key && !same(before, after)) changed(before, after);
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

/** Deletes all drafts of a person from this device. */
export function forgetDraftsOf(userId: string): void {
  forgetWhere((name) => name.startsWith(`${prefix}${userId}:`));
}

/**
 * Counts the age of a draft, by one day at most. If a clock jumps weeks ahead, or a device was not used for weeks, that
 * must not delete typed text.
 */
function hasGrownOld(name: string, now: number): boolean {
  try {
    const { at, age = 0, state } = JSON.parse(localStorage.getItem(name) ?? '') as Kept;
    const since = now - at;
    const grown = age + Math.min(Math.max(since, 0), day);
    if (since < 0 || since >= hour)
      localStorage.setItem(name, JSON.stringify({ at: now, age: grown, state } satisfies Kept));
    return !(grown < keptFor);
  } catch {
    return true;
  }
}

function forgetWhere(matches: (name: string) => boolean): void {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith(prefix) && matches(name)) localStorage.removeItem(name);
  } catch {
    // A browser without storage has kept nothing.
  }
}
