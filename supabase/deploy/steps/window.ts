import type { Sql } from 'postgres';
import { Refusal } from '../command.ts';

/** A maintenance window. `startsAt` is when the server began to refuse work. */
export interface Window {
  id: string;
  startsAt: Date;
  endsAt: Date;
  /** A deploy that did not finish left it held. */
  leftBehind: boolean;
}

const COLUMNS = 'id, starts_at as "startsAt", ends_at as "endsAt", held_by_deploy as "leftBehind"';
const LIVE = 'closed_at is null and cancelled_at is null and deleted_at is null';

/** Whether the database has maintenance windows; before the first deployment it does not. */
export async function hasMaintenanceWindows(sql: Sql): Promise<boolean> {
  const [row] = await sql`select to_regclass('public.maintenance_windows') is not null as exists`;
  return Boolean(row?.exists);
}

/** The window that an earlier deploy holds, or the one that is open by the clock; null if there is neither. */
export async function openWindow(sql: Sql): Promise<Window | null> {
  const [window] = await sql.unsafe<Window[]>(
    `select ${COLUMNS} from public.maintenance_windows
     where ${LIVE} and (held_by_deploy or (starts_at <= now() and ends_at > now()))
     order by held_by_deploy desc, starts_at limit 1`,
  );
  return window ?? null;
}

/** The next announced window; null if there is none. */
async function nextWindow(sql: Sql): Promise<Window | null> {
  const [window] = await sql.unsafe<Window[]>(
    `select ${COLUMNS} from public.maintenance_windows where ${LIVE} and starts_at > now() order by starts_at limit 1`,
  );
  return window ?? null;
}

/** Announces a window to every device and returns it. */
export async function announceWindow(
  sql: Sql,
  startsAt: Date,
  minutes: number,
  message: string,
): Promise<Window> {
  const [window] = await sql<Window[]>`
    insert into public.maintenance_windows (id, starts_at, ends_at, message)
    values (gen_random_uuid(), ${startsAt}, ${startsAt}::timestamptz + ${minutes} * interval '1 minute', ${message})
    returning id, starts_at as "startsAt", ends_at as "endsAt", held_by_deploy as "leftBehind"`;
  if (!window) throw new Error('The window was not stored.');
  return window;
}

/** Holds a window: from now on only the deploy ends it, not the clock. */
export async function holdWindow(sql: Sql, { id }: Window): Promise<void> {
  await sql`update public.maintenance_windows set held_by_deploy = true where id = ${id} and not held_by_deploy`;
}

/**
 * Closes the window and every other that is still held or open, so that none keeps the server closed. Returns the time.
 */
export async function closeWindow(sql: Sql): Promise<Date> {
  await sql.unsafe(
    `update public.maintenance_windows set closed_at = now()
     where ${LIVE} and (held_by_deploy or (starts_at <= now() and ends_at > now()))`,
  );
  const [shut] = await sql`select private.maintenance_seconds() as seconds, now() as now`;
  if (shut?.seconds !== null) throw new Error('A maintenance window is still open.');
  return shut?.now as Date;
}

/** @throws Refusal that says when the next window is and what to do */
export async function requireWindow(sql: Sql): Promise<Window> {
  const window = await openWindow(sql);
  if (window) return window;
  const next = await nextWindow(sql);
  throw new Refusal(
    `No maintenance window is open. ${next ? `The next one starts at ${next.startsAt.toISOString()}.` : 'None is announced.'}\n` +
      'Announce one: npm run db:announce -- --at 2026-12-05T21:00 --minutes 10\n' +
      'Or open one now, without warning anyone: npm run db:deploy -- --open-now',
  );
}
