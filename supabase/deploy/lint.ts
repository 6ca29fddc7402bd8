import { join } from 'node:path';
import { connect } from '../postgres/connect.ts';
import { fileName, MIGRATIONS, type Migration } from './migrations.ts';
import { lintContract } from './lint-contract.ts';
import { counted } from './progress.ts';
import { squawk, supabaseCli } from './tool.ts';

/** Something wrong with a migration, or with the database that the migrations create. */
export interface Finding {
  where: string;
  rule: string;
  message: string;
}

export interface LintReport {
  findings: Finding[];
  /** The checks that ran, and the skipped ones with the reason. */
  lines: string[];
}

// The deploy itself sets a lock timeout, runs each file in a transaction, and stops all writers first.
const EXCLUDED = [
  'require-lock-timeout',
  'require-statement-timeout',
  'require-concurrent-index-creation',
  'constraint-missing-not-valid',
  'prefer-bigint-over-int',
  'prefer-robust-stmts',
];

/** The Postgres version that hosted projects run. */
const HOSTED_POSTGRES = '17.0';

/** Lints migration files for changes that would break apps on the previous version or fail on the server. */
export async function lintFiles(migrations: Migration[], directory = MIGRATIONS): Promise<LintReport> {
  if (migrations.length === 0) return { findings: [], lines: ['squawk: no migrations to look at'] };
  const paths = migrations.map((migration) => join(directory, fileName(migration)));
  const outcome = await squawk([
    ...['--assume-in-transaction', '--pg-version', HOSTED_POSTGRES, '--reporter', 'json'],
    `--exclude=${EXCLUDED.join(',')}`,
    ...paths,
  ]);
  const findings = [...readSquawk(outcome.stdout, outcome.stderr), ...migrations.flatMap(lintContract)];
  return {
    findings,
    lines: [`squawk: ${counted(migrations.length, 'file')}, ${counted(findings.length, 'finding')}`],
  };
}

function readSquawk(stdout: string, stderr: string): Finding[] {
  let problems: { file: string; line: number; rule_name: string; message: string }[];
  try {
    problems = JSON.parse(stdout);
  } catch {
    throw new Error(`The migration linter did not run: ${stderr || stdout}`);
  }
  return problems.map(({ file, line, rule_name, message }) => ({
    where: `${file.split('/').at(-1)}:${line + 1}`,
    rule: rule_name,
    message,
  }));
}

/**
 * Lints a migrated database with the Supabase CLI: its function bodies and the advisors. The advisors look at `public`
 * and at the schemas that the database setting `pgrst.db_schemas` names.
 */
export async function lintDatabase(url: string): Promise<LintReport> {
  const lint = await lintFunctions(url);
  const advisors = await supabaseCli(['db', 'advisors', `--remote=${url}`, '--fail-on', 'warn']);
  return {
    findings: [...lint.findings, ...failure('supabase db advisors', advisors)],
    lines: [...lint.lines, 'supabase db advisors: done'],
  };
}

/**
 * Lints the function bodies with `supabase db lint` if this Postgres has plpgsql_check, and reports the skip if it does
 * not.
 */
export async function lintFunctions(url: string): Promise<LintReport> {
  const sql = connect(url);
  const [extension] = await sql`select from pg_available_extensions where name = 'plpgsql_check'`.finally(
    () => sql.end(),
  );
  if (!extension) {
    const reason =
      'skipped, because this Postgres has no plpgsql_check; npm test runs it if PG_CRON_BIN names a Postgres that has it';
    return { findings: [], lines: [`supabase db lint: ${reason}`] };
  }
  const outcome = await supabaseCli([
    ...['db', 'lint', `--remote=${url}`, '--schema', 'public,api,private', '--fail-on', 'warning'],
  ]);
  return { findings: failure('supabase db lint', outcome), lines: ['supabase db lint: done'] };
}

const failure = (
  rule: string,
  { code, stdout, stderr }: { code: number; stdout: string; stderr: string },
): Finding[] => (code === 0 ? [] : [{ where: 'database', rule, message: `${stdout}\n${stderr}`.trim() }]);

/** Formats a finding as one line. */
export const describe = ({ where, rule, message }: Finding) => `${where}: ${message} (${rule})`;
