import { hash } from 'bcryptjs';
import type { Query } from '../database.ts';
import { seedId } from './ids.ts';
import { insert } from './insert.ts';

/** The password of every demo account. */
export const DEMO_PASSWORD = 'atomic-demo';

export interface Account {
  id: string;
  email: string;
  full_name: string;
  role: 'admin' | 'manager' | 'rep' | 'read_only';
}

const account = (index: number, name: string, full_name: string, role: Account['role']): Account => ({
  id: seedId('member', index),
  email: `${name}@example.com`,
  full_name,
  role,
});

export const admin = account(1, 'admin', 'Dana Whitfield', 'admin');
export const manager = account(2, 'manager', 'Marcus Bell', 'manager');
export const rep = account(3, 'rep', 'Riley Navarro', 'rep');
export const rep2 = account(4, 'rep2', 'Priya Raman', 'rep');
const readOnly = account(5, 'readonly', 'Owen Castell', 'read_only');

export const accounts: readonly Account[] = [admin, manager, rep, rep2, readOnly];

/** Creates the members and the users they sign in as. Members come first, because a user without one is refused. */
export async function insertAccounts(query: Query, createdAt: string): Promise<void> {
  const stamps = { created_at: createdAt, updated_at: createdAt };
  await insert(
    query,
    'public.members',
    accounts.map((member) => ({ ...member, active: true, ...stamps })),
  );
  const encrypted_password = await hash(DEMO_PASSWORD, 10);
  await insert(
    query,
    'auth.users',
    accounts.map(({ id, email, full_name }) => ({
      id,
      email,
      aud: 'authenticated',
      role: 'authenticated',
      encrypted_password,
      email_confirmed_at: createdAt,
      raw_app_meta_data: { provider: 'email', providers: ['email'] },
      raw_user_meta_data: { sub: id, email, full_name, email_verified: true },
      ...stamps,
    })),
  );
  await insert(
    query,
    'auth.identities',
    accounts.map(({ id, email, full_name }, index) => ({
      id: seedId('identity', index + 1),
      provider: 'email',
      provider_id: id,
      user_id: id,
      identity_data: { sub: id, email, full_name, email_verified: true },
      ...stamps,
    })),
  );
}
