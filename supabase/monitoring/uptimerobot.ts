import type { Monitor } from './monitors.ts';

// The numbers of UptimeRobot's API, version 2.
const KEYWORD_MONITOR = '2';
const ALERT_WHEN_MISSING = '2';
const EMAIL_CONTACT = '2';
const ONCE = '1';

/** A client for UptimeRobot's API, with the account's main key. */
export class UptimeRobot {
  constructor(
    private readonly apiKey: string,
    private readonly endpoint = 'https://api.uptimerobot.com/v2/',
  ) {}

  /** Creates the monitors, or updates those of the same name. Alerts are emailed to the address. */
  async apply(monitors: Monitor[], email: string): Promise<string[]> {
    const contact = await this.#contact(email);
    const { monitors: existing = [] } = await this.#call<{ monitors?: Named[] }>('getMonitors', {});
    const done: string[] = [];
    for (const monitor of monitors) {
      const known = existing.find(({ friendly_name }) => friendly_name === monitor.name);
      const fields = { ...monitorFields(monitor), alert_contacts: `${contact}_0_0` };
      if (known) await this.#call('editMonitor', { id: String(known.id), ...fields });
      else await this.#call('newMonitor', { type: KEYWORD_MONITOR, ...fields });
      done.push(`${known ? 'updated' : 'created'}: ${monitor.name}`);
    }
    return done;
  }

  /**
   * Registers a maintenance window, during which these monitors send no alerts. It needs a paid plan; without one, the
   * window is simply not registered.
   *
   * @throws if it has none of the monitors
   */
  async announce(names: string[], startsAt: Date, minutes: number): Promise<void> {
    const { monitors = [] } = await this.#call<{ monitors?: Named[] }>('getMonitors', { mwindows: '1' });
    const watched = monitors.filter(({ friendly_name }) => names.includes(friendly_name));
    if (watched.length === 0) throw new Error(`UptimeRobot has no monitor named ${names.join(' or ')}.`);
    const { mwindow } = await this.#call<{ mwindow: { id: number } }>('newMWindow', {
      friendly_name: `Atomic CRM ${startsAt.toISOString()}`,
      type: ONCE,
      start_time: String(Math.floor(startsAt.getTime() / 1000)),
      duration: String(minutes),
    });
    // A window applies only after a monitor lists it, together with the windows it already has.
    for (const { id, mwindows = [] } of watched) {
      const ids = [...mwindows.map((window) => window.id), mwindow.id];
      await this.#call('editMonitor', { id: String(id), mwindows: ids.join('-') });
    }
  }

  async #contact(email: string): Promise<string> {
    const { alert_contacts = [] } = await this.#call<{ alert_contacts?: { id: string; value: string }[] }>(
      'getAlertContacts',
      {},
    );
    const known = alert_contacts.find(({ value }) => value === email);
    if (known) return known.id;
    const fields = { type: EMAIL_CONTACT, value: email, friendly_name: email };
    const made = await this.#call<{ alertcontact: { id: string } }>('newAlertContact', fields);
    return made.alertcontact.id;
  }

  async #call<Body>(method: string, fields: Record<string, string>): Promise<Body> {
    const body = new URLSearchParams({ api_key: this.apiKey, format: 'json', ...fields });
    const response = await fetch(new URL(method, this.endpoint), { method: 'POST', body });
    const answer = (await response.json()) as { stat: string; error?: { message?: string } } & Body;
    if (answer.stat !== 'ok')
      throw new Error(`UptimeRobot refused ${method}: ${answer.error?.message ?? response.status}`);
    return answer;
  }
}

interface Named {
  id: number;
  friendly_name: string;
  mwindows?: { id: number }[];
}

const monitorFields = ({ name, url, keyword, everySeconds, timeoutSeconds }: Monitor) => ({
  friendly_name: name,
  url,
  keyword_type: ALERT_WHEN_MISSING,
  keyword_value: keyword,
  interval: String(everySeconds),
  timeout: String(timeoutSeconds),
});
