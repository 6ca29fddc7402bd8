import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const inRoot = readdirSync('.').filter((name) => name.endsWith('.md'));
const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));
const documents = [...inRoot, ...inDocs];
/** The documents whose promises name a test or a file each. */
const withProofs = ['ARCHITECTURE.md', 'docs/errors.md', 'docs/faults.md', 'docs/security.md'];

const read = (document: string) => readFileSync(document, 'utf8');
const withoutBlocks = (text: string) => text.replace(/^```.*?^```/gms, '');
const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The paths in code spans: words that begin with one of the repository's folders. Hidden folders are made at run time. */
const pathsIn = (text: string) =>
  codeIn(withoutBlocks(text))
    .flatMap((code) => code.split(/\s+/))
    .filter((word) => /^(src|tests|docs|supabase|static|lint|vite|\.ci|\.github)\/(?!\.)[^*<…]*$/.test(word));

/** The links to other files, as paths from the root. */
const linksIn = (document: string) =>
  [...withoutBlocks(read(document)).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(\w+:|\/)/.test(target))
    .map((target) => join(dirname(document), target));

/** The rows below each table head that has a column `proof`. */
const rowsToProve = (text: string) =>
  text
    .split('\n\n')
    .filter((block) => /^\|.*\| proof +\|\n/.test(block))
    .flatMap((table) => table.trim().split('\n').slice(2));

/** The list items of the sections that promise something. */
const itemsToProve = (text: string) =>
  text
    .split(/^## /m)
    .filter((section) => /^(Promises|The write path|The read path)\n/.test(section))
    .flatMap((section) => section.split(/^(?=- |\d+\. )|\n\n/m))
    .filter((block) => /^(- |\d+\. )/.test(block));

test.each(documents)('%s names only files that exist', (document) => {
  const named = [...pathsIn(read(document)), ...linksIn(document)];
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test.each(withProofs)('%s names files by their path from the root', (document) => {
  const files = codeIn(withoutBlocks(read(document))).filter((code) =>
    /^\S+\.(ts|svelte|sql|js)$/.test(code),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test.each(withProofs)('every promise of %s names its proof', (document) => {
  const text = read(document);
  const promises = [...rowsToProve(text), ...itemsToProve(text)];
  expect(promises.length).toBeGreaterThan(5);
  expect(promises.filter((promise) => pathsIn(promise).length === 0)).toEqual([]);
});
