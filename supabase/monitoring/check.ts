import type { Monitor } from './monitors.ts';

/** The result of a check; `reason` says why the monitor is down. */
export type Observation = { up: true } | { up: false; reason: string };

/** Checks a monitor once, by the rules that every uptime service uses. */
export async function observe(monitor: Monitor, request: typeof fetch = fetch): Promise<Observation> {
  try {
    const response = await request(monitor.url, {
      signal: AbortSignal.timeout(monitor.timeoutSeconds * 1000),
    });
    const text = await response.text();
    if (response.status !== 200) return { up: false, reason: `status ${response.status}` };
    return text.includes(monitor.keyword)
      ? { up: true }
      : { up: false, reason: `"${monitor.keyword}" is missing` };
  } catch (error) {
    return { up: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
