import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { visits } from './visits';

const routes = 'src/routes';
const pages = readdirSync(routes, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('+page.svelte'))
  .map((file) => '/' + relative('.', dirname(file)));

test('every page of the app defines its entry in the activity log', () => {
  expect(Object.keys(visits).sort()).toEqual(pages.filter((route) => route.startsWith('/(app)')).sort());
});

test('only pages without records leave no entry', () => {
  expect(pages.filter((route) => !route.startsWith('/(app)')).sort()).toEqual([
    '/help/[[page]]',
    '/login',
    '/login/invitation',
    '/login/reset',
  ]);
});

test('every write goes through `mutate`, which the server logs', () => {
  const sources = ['src/routes', 'src/lib/features'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file))
      .map((file) => join(root, file)),
  );
  const writes =
    /\b(rows\([^)]*\)|table\([^)]*\)|base_rows|outbox)\s*\.(put|add|update|modify|bulkPut|bulkAdd)\(/;
  expect(sources.filter((file) => writes.test(readFileSync(file, 'utf8')))).toEqual([]);
});
