import { supabaseCli } from './tool.ts';

const SCHEMAS = 'public,api,private';

/**
 * Returns the SQL that turns the schemas of the first database into those of the second, written by the diff engine of
 * the Supabase CLI; empty if they are the same. It reaches both by URL, so it needs no Docker.
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
  if (code !== 0) throw new Error(`The diff of the Supabase CLI failed: ${stderr || stdout}`);
  const sql = stdout.trim();
  return /^no schema changes/i.test(sql) ? '' : withoutOwner(sql, owner);
}

/**
 * Ignores owners and the rights that owners have on their own objects: the owner has another name on a hosted project,
 * and versions of Postgres differ in the list of all rights.
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
