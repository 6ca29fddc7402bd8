import { supabaseCli } from './tool.ts';

const SCHEMAS = 'public,api,private';

/**
 * The SQL that turns the first database's schemas into the second's, by the differ of the Supabase CLI; empty where
 * they are the same. Both are reached by their URLs, so no Docker is needed.
 */
export async function diffDatabases(from: string, to: string, owner: string): Promise<string> {
  const { code, stdout, stderr } = await supabaseCli([
    'db',
    'diff',
    '--from',
    from,
    '--to',
    to,
    '--schema',
    SCHEMAS,
  ]);
  if (code !== 0) throw new Error(`The differ of the Supabase CLI failed: ${stderr || stdout}`);
  const sql = stdout.trim();
  return /^no schema changes/i.test(sql) ? '' : withoutOwner(sql, owner);
}

/**
 * Leaves out who owns things and what an owner may on what is its own: a hosted project's owner has another name, and
 * each version of Postgres has another list of all rights.
 */
export function withoutOwner(sql: string, owner: string): string {
  const owners = [
    new RegExp(`^(revoke|grant|alter)\\s[^;]*\\s(to|from) "?${owner}"?;$`, 'i'),
    /^(revoke|grant)\s[^;]*\son table "?public"?\."?activity_logs"? (to|from) "?crm_logger"?;$/i,
  ];
  return sql
    .split(/(?<=;)\n\n/)
    .filter((statement) => !owners.some((pattern) => pattern.test(statement.trim())))
    .join('\n\n')
    .trim();
}
