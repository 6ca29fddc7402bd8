import postgres, { type Options, type PostgresType, type Sql } from 'postgres';
import { tlsFor } from './tls.ts';

type Settings = Options<Record<string, PostgresType>>;

/**
 * Opens one connection to a database and ignores the notices of the server. It is encrypted, unless the database is on
 * this machine. Call `end` when done.
 *
 * @throws CannotStart if the address turns encryption off
 */
export const connect = (url: string, settings: Settings = {}): Sql =>
  postgres(url, { max: 1, onnotice: () => {}, ...encrypted(url), ...settings });

/** The driver's settings for an encrypted connection; empty for a database on this machine. */
export function encrypted(url: string): Pick<Settings, 'ssl'> {
  const ssl = tlsFor(url);
  return ssl ? { ssl } : {};
}

/** Runs `job` on a separate connection, and closes the connection. */
export async function withConnection<T>(url: string, job: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url);
  try {
    return await job(sql);
  } finally {
    await sql.end();
  }
}

/** Runs scripts one after the other on a separate connection. Each may have several statements. */
export const runScripts = (url: string, ...scripts: string[]): Promise<void> =>
  withConnection(url, async (sql) => {
    for (const script of scripts) await sql.unsafe(script);
  });

/** Passes JSON that is already text as it is, because encoding it again would make it a JSON string. */
const json = (oid: number): PostgresType => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text) as unknown,
});

/** The types that let a caller pass JSON as text. */
export const jsonAsText: Record<string, PostgresType> = { json: json(114), jsonb: json(3802) };
