const keyOf = (userId: string) => `atomic-crm:seen:${userId}`;

function names(userId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/** Whether this person has seen, or declined, something on this device. */
export const isRemembered = (userId: string, name: string): boolean => names(userId).includes(name);

/** Remembers it permanently. It survives a sign-out, since a tip must not come back. */
export function remember(userId: string, name: string): void {
  keep(userId, [...names(userId).filter((each) => each !== name), name]);
}

export function forget(userId: string, name: string): void {
  keep(
    userId,
    names(userId).filter((each) => each !== name),
  );
}

function keep(userId: string, all: string[]): void {
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(all));
  } catch {
    // A browser without storage remembers nothing.
  }
}
