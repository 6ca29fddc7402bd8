import type { Database } from '../database';

/** What a new database is filled with. */
export type Seed = 'demo' | 'none' | 'large';

export const DEMO_PASSWORD = 'atomic-demo';

export interface Account {
  email: string;
  full_name: string;
  role: 'admin' | 'manager' | 'rep' | 'read_only';
}

export async function plant(_database: Database, _seed: Seed): Promise<void> {}

export async function accountsIn(_database: Database): Promise<Account[]> {
  return [];
}
