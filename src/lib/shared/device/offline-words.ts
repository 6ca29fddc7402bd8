import type { OfflineUse } from './installation.svelte';

/** The sentences in Settings about using the app offline on this device. */
export const offlineWords: Record<OfflineUse, string> = {
  ready: 'This device can work offline.',
  installing: 'Not ready for offline use yet: the app is being downloaded.',
  interrupted:
    'Not ready for offline use yet: the download did not finish. Keep the app open with a connection; it will try again automatically.',
  unsupported:
    'Not ready for offline use: this browser does not store the app. Use another browser or window.',
};
