import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Finding } from './lint.ts';
import { fileName, type Migration } from './migrations.ts';

/** The SHA-256 of each released migration file by its name. `npm run db:release` writes it before a release is tagged. */
export type Released = Readonly<Record<string, string>>;

/** The file with the released migrations. */
export const RELEASED = fileURLToPath(new URL('released.json', import.meta.url));

/** The hash of a migration file as the list of released files has it. */
export const hashOf = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex');

/**
 * Finds changes of history. A released file is never edited, removed or preceded by a new one. Files that are not
 * released may be edited in place, so they define each function only once. A later migration replaces a released
 * function as a whole.
 */
export function lintHistory(migrations: Migration[], released: Released): Finding[] {
  const fresh = migrations.filter((migration) => !(fileName(migration) in released));
  return [
    ...changedReleases(migrations, released),
    ...lateFiles(fresh, released),
    ...repeatedFunctions(fresh),
    ...fresh.flatMap(patchedFunctions),
  ];
}

function changedReleases(migrations: Migration[], released: Released): Finding[] {
  const files = new Map(migrations.map((migration) => [fileName(migration), migration]));
  return Object.entries(released).flatMap(([where, hash]) => {
    const file = files.get(where);
    if (file && hashOf(file) === hash) return [];
    const message = file
      ? 'This file was released and has changed since. Restore it, and write a new migration.'
      : 'This file was released and is missing. Restore it.';
    return [{ where, rule: 'keep-released-file', message }];
  });
}

function lateFiles(fresh: Migration[], released: Released): Finding[] {
  const newest = Object.keys(released).sort().at(-1);
  return fresh.map(fileName).flatMap((where) =>
    newest && where < newest
      ? [
          {
            where,
            rule: 'append-only',
            message: `This file would run before ${newest}, which is released. Give it a newer timestamp with: npm run db:new`,
          },
        ]
      : [],
  );
}

const DEFINITION = /\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\s+"?(\w+)"?\s*\.\s*"?(\w+)"?/gi;

function repeatedFunctions(fresh: Migration[]): Finding[] {
  const first = new Map<string, string>();
  return fresh.flatMap((migration) =>
    [...withoutComments(migration.sql).matchAll(DEFINITION)].flatMap(([, schema, name]) => {
      const [where, defined] = [fileName(migration), `${schema}.${name}`.toLowerCase()];
      const earlier = first.get(defined);
      if (earlier === undefined) {
        first.set(defined, where);
        return [];
      }
      const message = `${earlier} defines ${defined} too. Neither file is released: edit the first definition in place.`;
      return [{ where, rule: 'define-once', message }];
    }),
  );
}

const PATCHES =
  /\bpg_get_functiondef\b|\bprosrc\b|\balter\s+(?:function|procedure)\s+(?![^;]*\bowner\s+to\b)[^;]*/i;

/** Only the owner of a function may change without its definition, because no definition can name an owner. */
function patchedFunctions(migration: Migration): Finding[] {
  if (!PATCHES.test(withoutComments(migration.sql))) return [];
  const message = 'A migration replaces a function as a whole: use create or replace function.';
  return [{ where: fileName(migration), rule: 'replace-whole-function', message }];
}

const withoutComments = (sql: string) => sql.replace(/--[^\n]*/g, '');
