import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkServerIdentity, rootCertificates, type PeerCertificate } from 'node:tls';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The root certificates of Supabase. Its databases have no certificate that a browser would know. */
export const SUPABASE_CA = join(dirname(fileURLToPath(import.meta.url)), 'supabase-ca.crt');

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]', ''];

/** The options of the driver for an encrypted connection. */
export interface Tls {
  ca: string | readonly string[];
  rejectUnauthorized: true;
  checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined;
}

/** Whether a database is on another machine, so that its connection has to be encrypted. */
export const isRemote = (url: string): boolean =>
  URL.canParse(url) && !THIS_MACHINE.includes(new URL(url).hostname);

/**
 * Returns how to encrypt the connection to a database; undefined for one on this machine. The server has to prove its
 * name by a certificate of `PGSSLROOTCERT` (a file, or `system` for what this machine trusts), or of Supabase if it is
 * not set.
 *
 * @throws CannotStart if the address turns encryption off, or if there is no such file
 */
export function tlsFor(url: string, env: NodeJS.ProcessEnv = process.env): Tls | undefined {
  if (!isRemote(url)) return undefined;
  const { host, hostname, searchParams } = new URL(url);
  if (searchParams.get('sslmode') === 'disable')
    throw new CannotStart(
      'This command',
      `sslmode=disable would send the password and all records to ${host} unencrypted`,
      'remove it from DATABASE_URL',
    );
  return {
    ca: rootsIn(env.PGSSLROOTCERT || SUPABASE_CA),
    rejectUnauthorized: true,
    // An address instead of a name does not reach the check by itself.
    checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
  };
}

function rootsIn(file: string): string | readonly string[] {
  if (file === 'system') return rootCertificates;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CannotStart(
      'This command',
      `PGSSLROOTCERT names ${file}, which cannot be read`,
      'correct the path, or leave the setting out for a Supabase project',
    );
  }
}
