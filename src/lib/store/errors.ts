export type StoreErrorCode =
  | 'storage_full'
  | 'storage_unavailable'
  | 'storage_blocked'
  | 'storage_newer'
  | 'too_long'
  | 'invalid_value'
  | 'not_found';

const messages: Record<StoreErrorCode, string> = {
  storage_full: 'This device is out of space, so the change was not saved. Free some space and try again.',
  storage_unavailable: 'This browser does not let the app store data. Reload the page and try again.',
  storage_blocked:
    'Your data could not be opened yet. Close other tabs of this app, then try again. Nothing is lost.',
  storage_newer: 'Another tab runs a newer version of this app. Update this tab to go on. Nothing is lost.',
  too_long: 'This text is too long to save.',
  invalid_value: 'This value cannot be saved.',
  not_found: 'This record is not on this device.',
};

/** A refused local read or write. Nothing of it was stored. `message` is for the person. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string = messages[code],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** Gives a browser's storage failure its stable code; anything else is passed on as it is. */
export function asStoreError(cause: unknown): unknown {
  const names = [cause, (cause as { inner?: unknown } | null)?.inner].map((e) =>
    e instanceof Error ? e.name : '',
  );
  if (names.includes('QuotaExceededError')) return new StoreError('storage_full', undefined, { cause });
  if (names.some((name) => ['DatabaseClosedError', 'OpenFailedError', 'InvalidStateError'].includes(name)))
    return new StoreError('storage_unavailable', undefined, { cause });
  return cause;
}
