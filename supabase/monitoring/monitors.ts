/** What an uptime service watches, in no provider's words. */
export interface Monitor {
  name: string;
  /** Asked by GET, with redirects followed. */
  url: string;
  /** Up is: status 200 and this text in the answer. Anything else, or no answer in time, is down. */
  keyword: string;
  everySeconds: number;
  timeoutSeconds: number;
}

/** What the two monitors are called, wherever they are made. */
export const NAMES = ['Atomic CRM: app', 'Atomic CRM: server'] as const;

/**
 * The two monitors of an installation. The first watches the host of the app. The second watches the project, its database
 * and the nightly retention at once: `api.health` says `crm-ok` only while all three are well, and also during maintenance,
 * so that a deployment wakes nobody.
 */
export function monitors(app: string, api: string, key: string): Monitor[] {
  const health = new URL('/rest/v1/rpc/health', api);
  health.searchParams.set('apikey', key);
  const often = { everySeconds: 300, timeoutSeconds: 30 };
  return [
    { name: NAMES[0], url: new URL('/', app).toString(), keyword: 'content="Atomic CRM"', ...often },
    { name: NAMES[1], url: health.toString(), keyword: 'crm-ok', ...often },
  ];
}
