import { same } from '$lib/entities/same';

/**
 * Form drafts that outlive a form closed by accident, a reloaded page, and an app that the system ended while
 * it was in the background. They stay on this device until they are saved, discarded or old; what the browser
 * refuses to keep is simply not there again. Keys hold the user id, since two people may share a tablet.
 */
const prefix = 'atomic-crm:draft:';

const hour = 3_600_000;
const day = 24 * hour;

/** A draft is somebody's data: after two weeks nobody comes back for it. */
const keptFor = 14 * day;

interface Kept {
  /** When its age was last counted, by the device's clock. */
  at: number;
  /** How old it is. An earlier release did not count. */
  age?: number;
  state: unknown;
}

/** Keeps a form's state under a key until it is saved or cancelled. */
export function keepDraft(key: string, state: unknown, now = Date.now()): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ at: now, age: 0, state } satisfies Kept));
  } catch {
    forgetDraft(key);
  }
}

/** The state kept under a key; `undefined` where there is none, it is too old or it cannot be read. */
export function keptDraft(key: string, now = Date.now()): unknown {
  forgetWhere((name) => hasGrownOld(name, now));
  try {
    return stateIn(localStorage.getItem(prefix + key));
  } catch {
    return undefined;
  }
}

/** Of whatever shape: another release may have kept it. */
const stateIn = (kept: string | null): unknown =>
  kept === null ? undefined : (JSON.parse(kept) as Partial<Kept> | null)?.state;

export function forgetDraft(key: string): void {
  forgetWhere((name) => name === prefix + key);
}

/**
 * Calls back when another tab keeps or forgets the draft of a key, with the states before and after; `undefined`
 * stands for none.
 * @returns ends it
 */
export function followDraft(key: string, changed: (before: unknown, after: unknown) => void): () => void {
  const listen = ({ key: name, oldValue, newValue }: StorageEvent) => {
    const [before, after] = [stateIn(oldValue), stateIn(newValue)];
    // Counting its age changes nothing of a draft.
    if (name === prefix + key && !same(before, after)) changed(before, after);
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

/** Takes all drafts of a person off this device. */
export function forgetDraftsOf(userId: string): void {
  forgetWhere((name) => name.startsWith(`${prefix}${userId}:`));
}

/**
 * Counts the age of a draft on, by a day at most: a clock that jumps weeks ahead, or a device that lay in a drawer, is no
 * reason to delete what somebody typed.
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
    // A browser without storage kept nothing.
  }
}
