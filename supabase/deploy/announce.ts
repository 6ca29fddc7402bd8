import { parseArgs } from 'node:util';
import { command, Refusal } from './command.ts';
import { databaseUrl } from './settings.ts';
import { takeLock } from './steps/lock.ts';
import { describe, isOffHours, readOffHours } from './steps/off-hours.ts';
import { announceWindow } from './steps/window.ts';

const MESSAGE = 'The server is being updated.';

/** Formats a moment in this machine's time zone. */
const here = (at: Date) => at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/**
 * `npm run db:announce -- --at 2026-12-05T21:00 --minutes 10 [--message …]`: announces a maintenance window to every
 * device.
 */
command(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      at: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      message: { type: 'string', default: MESSAGE },
    },
  });
  const startsAt = new Date(values.at ?? '');
  const minutes = Number(values.minutes);
  if (Number.isNaN(startsAt.getTime()) || !(minutes > 0)) {
    throw new Refusal(
      'Give the start, in this machine’s time, and the length: npm run db:announce -- --at 2026-12-05T21:00 --minutes 10',
    );
  }
  if (startsAt.getTime() < Date.now()) throw new Refusal('That time is in the past.');
  const hours = readOffHours(process.env);
  const lock = await takeLock(databaseUrl(process.env));
  try {
    const { endsAt } = await announceWindow(lock.sql, startsAt, minutes, values.message);
    console.log(`Announced: ${here(startsAt)} to ${here(endsAt)}. Devices show it after their next sync.`);
    if (!isOffHours(startsAt, hours)) {
      console.log(`That is outside the off-hours (${describe(hours)}): db:deploy will ask for --any-hour.`);
    }
    console.log(
      `If you use UptimeRobot: npm run monitors -- --window ${startsAt.toISOString()} --minutes ${minutes}`,
    );
  } finally {
    await lock.release();
  }
});
