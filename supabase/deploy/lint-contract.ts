import type { Finding } from './lint.ts';
import { fileName, type Migration } from './migrations.ts';

// Rules that squawk does not know: devices on the previous version call these functions by name and signature.
const RULES: { rule: string; pattern: RegExp; message: string }[] = [
  {
    rule: 'keep-api-function',
    pattern: /^\s*drop\s+function\s+(if\s+exists\s+)?"?api"?\./i,
    message: 'Apps on the previous version call this function.',
  },
  {
    rule: 'keep-api-name',
    pattern: /^\s*alter\s+function\s+"?api"?\.[^;]*\brename\s+to\b/i,
    message: 'Apps on the previous version call this function by name.',
  },
  {
    rule: 'keep-log-guards',
    pattern:
      /^\s*(drop\s+trigger\s+\w+\s+on\s+public\.activity_logs|alter\s+table\s+public\.activity_logs\s+disable)/i,
    message: 'The activity log stays append-only.',
  },
];

/**
 * Finds statements that break the expand-and-contract rule. A comment above a line allows it if it says why: `--
 * contract: <reason>`.
 */
export function lintContract(migration: Migration): Finding[] {
  const lines = migration.sql.split('\n');
  return [...undeclaredFields(migration), ...broken(migration, lines)];
}

const broken = (migration: Migration, lines: string[]): Finding[] =>
  lines.flatMap((line, index) =>
    RULES.filter(
      ({ pattern }) => pattern.test(line) && !/^\s*--\s*contract:\s*\S/.test(lines[index - 1] ?? ''),
    ).map(({ rule, message }) => ({ where: `${fileName(migration)}:${index + 1}`, rule, message })),
  );

const ALTER_TABLE =
  /(--\s*contract:\s*\S[^\n]*\n\s*)?alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?"?public"?\."?(?!activity_logs|invitations)(\w+)"?([^;]*)/gi;
const ADD_COLUMN = /\badd\s+column\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi;

/**
 * Every device could read a new column of a synced table that is missing from `private.fields`, but none could write
 * it.
 */
function undeclaredFields(migration: Migration): Finding[] {
  const added = [...migration.sql.matchAll(ALTER_TABLE)].flatMap(([, reason, table, actions = '']) =>
    reason ? [] : [...actions.matchAll(ADD_COLUMN)].map(([, field]) => ({ table, field })),
  );
  return added
    .filter(({ field }) => !new RegExp(`private\\.fields[^;]*'${field}'`, 'i').test(migration.sql))
    .map(({ table, field }) => ({
      where: fileName(migration),
      rule: 'declare-field',
      message: `No device can write ${table}.${field}: add it to private.fields.`,
    }));
}
