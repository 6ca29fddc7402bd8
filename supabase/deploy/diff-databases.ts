import { supabaseCli } from './tool';

const SCHEMAS = 'public,api,private';

/**
 * The SQL that turns the first database's schemas into the second's, by the differ of the Supabase CLI; empty where
 * they are the same. Both are reached by their URLs, so no Docker is needed.
 */
export async function diffDatabases(from: string, to: string): Promise<string> {
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
  return /^no schema changes/i.test(sql) ? '' : sql;
}

/** Leaves out who owns things and what the owner may: a hosted project's owner has another name. */
export const withoutOwner = (sql: string, owner: string) =>
  sql
    .split(/(?<=;)\n\n/)
    .filter(
      (statement) =>
        !new RegExp(`^(revoke|grant|alter)\\s[^;]*\\s(to|from) "?${owner}"?;$`, 'i').test(statement.trim()),
    )
    .join('\n\n');
