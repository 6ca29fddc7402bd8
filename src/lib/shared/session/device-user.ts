const key = 'atomic-crm:user';

/** The person who is signed in on this device. It survives an expired session, so that the app opens offline. */
export interface DeviceUser {
  user_id: string;
  email: string;
}

export function readDeviceUser(): DeviceUser | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Record<string, unknown> | null;
    const { user_id, email = '' } = kept ?? {};
    // Without zod: for these two fields it would add to the first script of every page.
    return typeof user_id === 'string' && user_id && typeof email === 'string'
      ? { user_id, email }
      : undefined;
  } catch {
    return undefined;
  }
}

export function writeDeviceUser(user: DeviceUser | undefined): void {
  if (user) localStorage.setItem(key, JSON.stringify(user));
  else localStorage.removeItem(key);
}

/** Whether this person is the one who is signed in on this device. */
export const isDeviceUser = (userId: string): boolean => readDeviceUser()?.user_id === userId;

/** Whether a `storage` event says that this device now belongs to somebody else, or nobody. */
export function deviceUserChanged(event: StorageEvent, userId: string): boolean {
  return (event.key === key || event.key === null) && !isDeviceUser(userId);
}
