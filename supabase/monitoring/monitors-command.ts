import { parseArgs } from 'node:util';
import { command, Refusal, webAddress } from '../deploy/command.ts';
import { observe } from './check.ts';
import { monitors, NAMES } from './monitors.ts';
import { UptimeRobot } from './uptimerobot.ts';

const USAGE = `npm run monitors -- <app url> <supabase url> --key <publishable key>
  checks each monitor once and prints them for any uptime service
  --email <address>               with UPTIMEROBOT_API_KEY: creates or updates the monitors there
  --window <start> --minutes <n>  with UPTIMEROBOT_API_KEY: registers a maintenance window`;

/** `npm run monitors`: the uptime monitors as code. */
command(async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      email: { type: 'string' },
      window: { type: 'string' },
      minutes: { type: 'string', default: '10' },
    },
  });
  const apiKey = process.env.UPTIMEROBOT_API_KEY;
  if ((values.window || values.email) && !apiKey)
    throw new Refusal('Set UPTIMEROBOT_API_KEY to the main API key of the account.');
  if (values.window && apiKey) {
    const [startsAt, minutes] = [new Date(values.window), Number(values.minutes)];
    if (Number.isNaN(startsAt.getTime()) || !(minutes > 0)) throw new Refusal(USAGE);
    await new UptimeRobot(apiKey).announce([...NAMES], startsAt, minutes);
    return console.log('Registered the window with UptimeRobot.');
  }
  const [app, api] = positionals;
  const key = values.key ?? process.env.PUBLIC_SUPABASE_KEY;
  if (!app || !api || !key) throw new Refusal(USAGE);
  const all = monitors(webAddress(app).href, webAddress(api).href, key);
  for (const monitor of all) {
    const observation = await observe(monitor);
    console.log(`${monitor.name}: ${observation.up ? 'up' : `down, ${observation.reason}`}`);
    console.log(
      `  GET ${monitor.url} every ${monitor.everySeconds} s; alert when "${monitor.keyword}" is missing`,
    );
  }
  if (values.email && apiKey) {
    for (const line of await new UptimeRobot(apiKey).apply(all, values.email)) console.log(line);
  }
});
