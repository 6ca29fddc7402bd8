import type { Sql } from 'postgres';

/** Whether the team has a member yet. */
export async function hasMembers(sql: Sql): Promise<boolean> {
  const [table] = await sql`select to_regclass('public.members') is not null as exists`;
  if (!table?.exists) return false;
  const [row] = await sql`select exists (select from public.members) as found`;
  return Boolean(row?.found);
}

/** Invites the first admin and returns the single-use code. An earlier code for the address becomes invalid. */
export async function inviteAdmin(sql: Sql, email: string): Promise<{ code: string; expiresAt: string }> {
  const [row] = await sql`select private.create_invitation(${email}, 'admin') as invitation`;
  const { code, expires_at } = row?.invitation as { code: string; expires_at: string };
  return { code, expiresAt: expires_at };
}
