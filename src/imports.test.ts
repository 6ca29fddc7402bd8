import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|(^|\/)test-[^/]+$/.test(file))
    .map((file) => join('src', file)),
);

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g)].map(
    ([, path = '']) => path,
  );
  return named.flatMap((path) => resolved(file, path.replace(/\?.*/, '')) ?? []);
}

function resolved(file: string, path: string): string | undefined {
  if (!/^(\$lib\/|\.)/.test(path)) return undefined;
  const base = path.startsWith('.') ? join(dirname(file), path) : path.replace('$lib', 'src/lib');
  return ['', '.ts', '.svelte.ts'].map((end) => normalize(base + end)).find((found) => files.has(found));
}

/** A circle of arrows, as the list of its places; `undefined` if there is none. */
function circleIn(arrows: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (place: string, way: string[]): string[] | undefined => {
    if (way.includes(place)) return [...way.slice(way.indexOf(place)), place];
    if (done.has(place)) return undefined;
    for (const next of arrows.get(place) ?? []) {
      const circle = walk(next, [...way, place]);
      if (circle) return circle;
    }
    done.add(place);
    return undefined;
  };
  for (const place of arrows.keys()) {
    const circle = walk(place, []);
    if (circle) return circle;
  }
  return undefined;
}

function arrowsBetween(placeOf: (file: string) => string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of files)
    for (const imported of importsOf(file)) {
      const [from, to] = [placeOf(file), placeOf(imported)];
      if (from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  return arrows;
}

test('no files import each other in a circle', () => {
  const arrows = arrowsBetween((file) => file);
  expect(arrows.size).toBeGreaterThan(300);
  expect(circleIn(arrows)).toBeUndefined();
});

test('no folders import each other in a circle', () => {
  const arrows = arrowsBetween(dirname);
  expect(arrows.get('src/lib/features/contacts')).toContain('src/lib/shared/forms');
  expect(circleIn(arrows)).toBeUndefined();
});

test('a circle of three is found', () => {
  const arrows = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c'])],
    ['c', new Set(['b'])],
  ]);
  expect(circleIn(arrows)).toEqual(['b', 'c', 'b']);
});
