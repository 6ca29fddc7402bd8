import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { expectDatabase } from '../deploy/expect-database.ts';
import { openPostgres } from '../embedded/postgres.ts';
import { tlsFor } from './tls.ts';

const file = (name: string) => fileURLToPath(new URL(`../../tests/fixtures/tls/${name}`, import.meta.url));
/** Another address of this machine, which stands for another machine: its certificate names it. */
const HOST = '127.0.0.2';
const ca = file('ca.crt');

afterEach(() => vi.unstubAllEnvs());

/** An error message of Postgres: the password is wrong. It proves that the client has sent something. */
const rejected = () => {
  const fields = Buffer.from('SFATAL\0C28P01\0Mno\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
};

/** Speaks as much of Postgres' protocol as a client needs to be refused, encrypted or not. */
async function postgresAt(host: string, { encrypts }: { encrypts: boolean }) {
  const heard: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      const asksForTls = first.readInt32BE(4) === 80877103;
      heard.push(asksForTls ? 'asks for TLS' : 'speaks in the clear');
      if (!asksForTls) return void socket.end(rejected());
      if (!encrypts) return void socket.end('N');
      socket.write('S');
      const secure = new TLSSocket(socket, {
        isServer: true,
        cert: readFileSync(file('server.crt')),
        key: readFileSync(file('server.key')),
      });
      secure.on('error', () => socket.destroy());
      secure.once('data', () => {
        heard.push('speaks encrypted');
        secure.end(rejected());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, url: `postgresql://someone:secret@${host}:${port}/crm`, at: `${host}:${port}` };
}

test.each([
  ['a command', expectDatabase],
  ['the embedded backend', openPostgres],
])('%s speaks encrypted to another machine that proves its name', async (_, open) => {
  vi.stubEnv('PGSSLROOTCERT', ca);
  const { heard, url, at } = await postgresAt(HOST, { encrypts: true });
  await expect(open(url)).rejects.toThrow(`the Postgres at ${at} rejects the user or the password`);
  expect(heard).toEqual(['asks for TLS', 'speaks encrypted']);
});

test('nothing is sent to a machine whose certificate is not signed by the authority', async () => {
  const { heard, url, at } = await postgresAt(HOST, { encrypts: true });
  await expect(expectDatabase(url)).rejects.toThrow(`the certificate of ${at} is not signed by`);
  expect(heard).toEqual(['asks for TLS']);
});

test('nothing is sent to a machine that does not encrypt', async () => {
  vi.stubEnv('PGSSLROOTCERT', ca);
  const { heard, url } = await postgresAt(HOST, { encrypts: false });
  await expect(expectDatabase(url)).rejects.toThrow('This command cannot start because');
  expect(heard).toEqual(['asks for TLS']);
});

test('a database on this machine needs no encryption', async () => {
  const { heard, url } = await postgresAt('127.0.0.1', { encrypts: false });
  await expect(expectDatabase(url)).rejects.toThrow('rejects the user or the password');
  expect(heard).toEqual(['speaks in the clear']);
});

test('an address that turns encryption off is refused with the reason', () => {
  const url = 'postgresql://postgres:secret@db.example.com:5432/postgres?sslmode=disable';
  expect(() => tlsFor(url)).toThrow(
    'This command cannot start because sslmode=disable would send the password and all records to db.example.com:5432 unencrypted; remove it from DATABASE_URL.',
  );
});

test('an authority that cannot be read is refused with its name', () => {
  expect(() => tlsFor('postgresql://db.example.com/postgres', { PGSSLROOTCERT: '/nowhere/ca.crt' })).toThrow(
    'PGSSLROOTCERT names /nowhere/ca.crt, which cannot be read',
  );
});

test('Supabase proves its name by default, and any known authority if that is wished', () => {
  const url = 'postgresql://postgres@db.example.com/postgres?sslmode=require';
  expect(String(tlsFor(url, {})?.ca)).toContain('The root certificates with which Supabase signs');
  expect(tlsFor(url, { PGSSLROOTCERT: 'system' })?.ca.length).toBeGreaterThan(10);
});
