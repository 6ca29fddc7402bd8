import { readdirSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import { visits } from './visits';

const routes = 'src/routes';
const pages = readdirSync(routes, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('+page.svelte'))
  .map((file) => '/' + relative('.', dirname(file)))
  .filter((route) => route.startsWith('/(app)'));

test('every page of the app says what opening it means in the activity log', () => {
  expect(Object.keys(visits).sort()).toEqual(pages.sort());
});
