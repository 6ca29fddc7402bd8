import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { engines, isInstalled } from './tests/engines/installed.ts';
import { icons } from './vite/icons.ts';

const alias = { $lib: fileURLToPath(new URL('src/lib', import.meta.url)) };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [icons(), svelte()],
        resolve: { alias, conditions: ['browser'] },
        test: {
          name: 'unit',
          // A test that needs a document requests jsdom in its first line, because starting jsdom for each file took
          // most of the time.
          environment: 'node',
          include: ['src/**/*.test.ts', 'vite/**/*.test.ts', 'tests/faults/*.test.ts'],
          setupFiles: ['tests/indexeddb.ts'],
          // Only ends a test that hangs: a property test takes five seconds on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'embedded',
          include: ['supabase/**/*.test.ts', 'tests/services/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'http',
          include: ['tests/http/**/*.test.ts'],
          globalSetup: ['tests/http/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          include: ['tests/db/**/*.test.ts'],
          globalSetup: ['tests/db/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [icons(), svelte()],
        resolve: { alias, conditions: ['browser'] },
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          globalSetup: ['tests/db/setup.ts'],
          setupFiles: ['tests/indexeddb.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'deploy',
          include: ['tests/deploy/**/*.test.ts'],
          globalSetup: ['tests/deploy/setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // A deploy mostly waits for other processes, so two of them in parallel use the machine better.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'engines',
          include: engines.filter(isInstalled).map((engine) => `tests/engines/${engine}.test.ts`),
          globalSetup: ['tests/e2e/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // One worker for each engine.
          maxWorkers: 2,
        },
      },
    ],
  },
});
