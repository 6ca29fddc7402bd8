import type { Rolldown } from 'vite';

type Group = Rolldown.CodeSplittingGroup;
type Context = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** The pages whose first load is kept small (`tests/e2e/budget.spec.ts`), as parts of the paths of their files. */
const LOGIN = 'src/routes/login/';
const SIGNED_IN = 'src/routes/(app)/+layout';
const LIST = 'src/routes/(app)/contacts/+';
/** The files that every page starts with. */
const START = ['client/entry.js', 'client-optimized/app.js', 'src/routes/+layout', 'vite/preload-helper'];

/** If nobody needs a module on a first load, this many parts of the app must need it before it shares a chunk. */
const MANY = 8;

/** The pages and parts that need a module. */
interface Need {
  login: boolean;
  signedIn: boolean;
  list: boolean;
  /** The number of pages and of parts that are loaded on demand. */
  parts: number;
}

/**
 * Puts modules that several parts of the app share into a few chunks, because a few chunks compress better than fifty.
 * The pages that need a module decide about its chunk, not its name. A page that needs a module also needs everything
 * that the module imports, so the chunks import only from those before them.
 */
export function sharedChunks(): Group[] {
  const known = new WeakMap<object, Need>();
  const group = (debugName: string, priority: number, belongs: (need: Need) => boolean): Group => ({
    debugName,
    name: (id, context) => (belongs(needOf(id, context, known)) ? debugName : null),
    minShareCount: 2,
    priority,
  });
  return [
    group('start', 5, ({ login, signedIn, list }) => login && (signedIn || list)),
    group('shell', 4, ({ signedIn }) => signedIn),
    group('list', 3, ({ list }) => list),
    group('fields', 2, ({ login }) => login),
    group('later', 1, ({ parts }) => parts >= MANY),
  ];
}

/** Finds out who needs a module: follows its importers up to the pages. */
function needOf(id: string, context: Context, known: WeakMap<object, Need>): Need {
  // The bundler passes the same object for a module as long as it splits one build.
  const self = context.getModuleInfo(id) ?? {};
  const found = known.get(self);
  if (found) return found;
  const above = new Set([id]);
  let parts = 0;
  for (const each of above) {
    const info = context.getModuleInfo(each);
    if (info && (info.isEntry || info.dynamicImporters.length > 0)) parts += 1;
    for (const importer of info?.importers ?? []) above.add(importer);
  }
  const paths = [...above];
  const isNeededBy = (page: string) =>
    paths.some((path) => path.includes(page) || START.some((start) => path.includes(start)));
  const need = {
    login: isNeededBy(LOGIN),
    signedIn: isNeededBy(SIGNED_IN),
    list: isNeededBy(LIST),
    parts,
  };
  known.set(self, need);
  return need;
}
