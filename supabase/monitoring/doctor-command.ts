import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { command, Refusal, webAddress } from '../deploy/command.ts';
import { examine } from './doctor/doctor.ts';

const USAGE = `npm run doctor -- <app url> <supabase url> --key <publishable key>
  DOCTOR_EMAIL, DOCTOR_PASSWORD   a member's account, to compare protocols too`;

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** `npm run doctor`: reports what is wrong with a deployed system, seen from outside. */
command(async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: { type: 'string' } },
  });
  const [app, api = process.env.PUBLIC_SUPABASE_URL] = positionals;
  const key = values.key ?? process.env.PUBLIC_SUPABASE_KEY;
  if (!app || !api || !key) throw new Refusal(USAGE);
  const { DOCTOR_EMAIL: email, DOCTOR_PASSWORD: password } = process.env;
  const findings = await examine({
    app: webAddress(app),
    api: webAddress(api),
    key,
    fetch,
    expectedBuild: ownBuild(),
    member: email && password ? { email, password } : null,
    protocol: ownProtocol(),
  });
  for (const { code, problem, remedy } of findings) console.log(`✗ ${problem}\n  ${remedy} (${code})`);
  if (!(email && password))
    console.log('Skipped the protocol check: set DOCTOR_EMAIL and DOCTOR_PASSWORD of a member to run it.');
  if (ownBuild() === null)
    console.log('Skipped the build check: this checkout has no build to compare with.');
  if (findings.length > 0) throw new Refusal(`${findings.length} found.`);
  console.log('Nothing found.');
});

function ownBuild(): string | null {
  const path = file('build/_app/version.json');
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function ownProtocol(): number {
  return Number(/protocol = (\d+)/.exec(readFileSync(file('src/lib/remote/wire.ts'), 'utf8'))?.[1]);
}
