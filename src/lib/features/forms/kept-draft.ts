/**
 * Form drafts that outlive a form closed by accident or a reloaded page. They stay in this tab; what
 * the browser refuses to keep is simply not there again. Keys hold the user id, since two people may
 * share a tablet.
 */
const prefix = 'atomic-crm:draft:';

/** Keeps a form's state under a key until it is saved or cancelled. */
export function keepDraft(key: string, state: unknown): void {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(state));
  } catch {
    forgetDraft(key);
  }
}

/** The state kept under a key; `undefined` where there is none or it cannot be read. */
export function keptDraft<T>(key: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(prefix + key);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
}

export function forgetDraft(key: string): void {
  try {
    sessionStorage.removeItem(prefix + key);
  } catch {
    // A browser without storage kept nothing.
  }
}

/** Takes all drafts of a person off this tab. */
export function forgetDraftsOf(userId: string): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix + userId)) sessionStorage.removeItem(key);
  } catch {
    // A browser without storage kept nothing.
  }
}
