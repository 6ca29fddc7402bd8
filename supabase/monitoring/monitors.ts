/** An uptime monitor, in terms that fit every provider. */
export interface Monitor {
  name: string;
  /** Requested by GET, with redirects followed. */
  url: string;
  /**
   * The monitor is up if the status is 200 and the answer contains this text. It is down on anything else, or without
   * an answer in time.
   */
  keyword: string;
  everySeconds: number;
  timeoutSeconds: number;
}

/** The names of the two monitors, with every provider. */
export const NAMES = ['Atomic CRM: app', 'Atomic CRM: server'] as const;

/**
 * The two monitors of an installation. The first checks the app's host. The second checks the project, its database and
 * the nightly retention at once: `api.health` says `crm-ok` only while all three are well. It also says so during
 * maintenance, so that a deployment wakes nobody.
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
