import { Refusal } from '../command.ts';

/**
 * The hours when a deploy disturbs nobody: from one hour to another, in a time zone, and all of Saturday and Sunday.
 */
export interface OffHours {
  from: number;
  to: number;
  timeZone: string;
}

/**
 * Reads `DEPLOY_OFF_HOURS` (default `20-6`) and `DEPLOY_TIME_ZONE` (default: this machine's).
 *
 * @throws Refusal if one of them has an invalid value
 */
export function readOffHours(env: NodeJS.ProcessEnv): OffHours {
  const text = env.DEPLOY_OFF_HOURS || '20-6';
  const [from, to] = (/^(\d{1,2})-(\d{1,2})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (from === undefined || to === undefined || from > 23 || to > 24) {
    throw new Refusal(`DEPLOY_OFF_HOURS must be two hours such as 20-6, not "${text}".`);
  }
  const timeZone = env.DEPLOY_TIME_ZONE || Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Refusal(`DEPLOY_TIME_ZONE must be a time zone such as Europe/Berlin, not "${timeZone}".`);
  }
  return { from, to, timeZone };
}

/** The off-hours as text. */
export const describe = ({ from, to, timeZone }: OffHours) =>
  `${from} to ${to} o'clock ${timeZone}, and weekends`;

/** Whether a moment is within the off-hours; the range may cross midnight. */
export function isOffHours(moment: Date, { from, to, timeZone }: OffHours): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const read = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  if (read.weekday === 'Sat' || read.weekday === 'Sun') return true;
  const hour = Number(read.hour);
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
