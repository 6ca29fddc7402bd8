import { CannotStart } from './cannot-start.ts';

type Words = (place: string, database: string) => string;

const silent: Words = (place) => `no Postgres answers at ${place}`;
const unknown: Words = (place) => `this machine cannot find ${place}`;
const unproven: Words = (place) =>
  `the certificate of ${place} is not signed by the authority in PGSSLROOTCERT, or by Supabase if that is not set`;
const refused: Words = (place) => `the Postgres at ${place} rejects the user or the password`;

/** Error codes of Node, of the driver and of Postgres itself. */
const REASONS: Record<string, Words> = {
  ECONNREFUSED: silent,
  ECONNRESET: silent,
  EHOSTUNREACH: silent,
  ENETUNREACH: silent,
  ETIMEDOUT: silent,
  CONNECT_TIMEOUT: silent,
  CONNECTION_CLOSED: silent,
  ENOTFOUND: unknown,
  EAI_AGAIN: unknown,
  SELF_SIGNED_CERT_IN_CHAIN: unproven,
  DEPTH_ZERO_SELF_SIGNED_CERT: unproven,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unproven,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unproven,
  CERT_HAS_EXPIRED: (place) => `the certificate of ${place} has expired`,
  ERR_TLS_CERT_ALTNAME_INVALID: (place) => `the certificate of ${place} is for another name`,
  '28P01': refused,
  '28000': refused,
  '3D000': (place, database) => `the Postgres at ${place} has no database named "${database}"`,
  '53300': (place) => `the Postgres at ${place} accepts no more connections`,
  '57P03': (place) => `the Postgres at ${place} is starting or stopping`,
};

/**
 * Turns a failed first connection to a database into a sentence that never contains the password. Returns any other
 * error unchanged.
 *
 * @param what the service that needs the database
 * @param url the database's URL
 * @param variable the setting that holds the URL
 */
export function databaseProblem(
  what: string,
  url: string,
  error: unknown,
  variable = 'DATABASE_URL',
): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ERR_INVALID_URL' || !URL.canParse(url))
    return new CannotStart(
      what,
      `${variable} is not the address of a Postgres`,
      'write it as postgres://user:password@host:5432/database',
    );
  const { host, pathname } = new URL(url);
  const why = REASONS[code];
  if (!why) return error;
  return new CannotStart(
    what,
    why(host, decodeURIComponent(pathname.slice(1))),
    `fix that, or correct ${variable}`,
  );
}
