import { expect, test } from 'vitest';
import { readPort, readSettings } from './settings.ts';

test('defaults to the demo in the project’s own folder', () => {
  expect(readSettings({})).toEqual({
    backend: 'in-process',
    backendPort: 54_321,
    dataDir: 'supabase/.embedded',
    databaseUrl: undefined,
    seed: 'demo',
    tokenLifetime: 3_600,
  });
});

test('reads every setting', () => {
  const env = {
    BACKEND: 'off',
    BACKEND_PORT: '0',
    DATA_DIR: 'elsewhere',
    DATABASE_URL: 'postgres://localhost/crm',
    SEED: 'large',
    TOKEN_LIFETIME: '5',
  };
  expect(readSettings(env)).toEqual({
    backend: 'off',
    backendPort: 0,
    dataDir: 'elsewhere',
    databaseUrl: 'postgres://localhost/crm',
    seed: 'large',
    tokenLifetime: 5,
  });
});

test.each(['-1', '65536', '4173.5', 'http'])('refuses the port %s', (text) => {
  expect(() => readPort({ PORT: text }, 'PORT', 4173)).toThrow('PORT must be a whole number from 0 to 65535');
});

test('refuses an unknown seed', () => {
  expect(() => readSettings({ SEED: 'everything' })).toThrow('SEED must be one of demo, none, large');
});
