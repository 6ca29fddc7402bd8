import type { Fault } from './fault';

const wipe = 'src/lib/store/wipe.ts';
const signOut = 'src/lib/shared/session/sign-out.ts';
const signOutTest = 'src/lib/shared/session/sign-out.test.ts';
const putAwayTest = 'src/lib/store/put-away.test.ts';

/** Faults of what is kept on the device. */
export const storeFaults: Fault[] = [
  {
    row: 5,
    name: 'a sign-out deletes what was saved while it waited',
    file: wipe,
    from: "if (unsent > 0) return 'unsent';",
    to: '',
    test: {
      file: signOutTest,
      name: 'asks about changes saved while a sign-out waits',
    },
  },
  {
    row: 5,
    name: 'the database is deleted with what another tab saved',
    file: wipe,
    from: 'if (count.result > 0) transaction.abort();\n    else drop();',
    to: 'drop();',
    test: {
      file: 'src/lib/store/wipe.test.ts',
      name: 'what another tab saves after the check stays on the device',
    },
  },
  {
    row: 5,
    name: 'a deactivated device is wiped before it has handed over its work',
    file: signOut,
    from: "['pending', 'reoffered'])",
    to: '[])',
    test: {
      file: signOutTest,
      name: 'an unsent change keeps the device from being wiped',
    },
  },
  {
    row: 5,
    name: 'a sign-out waits for a frozen tab to let go of the database',
    file: signOut,
    from: 'await Promise.race([deleteWorkingSet(userId), within(longestDeletion)]);',
    to: 'await deleteWorkingSet(userId);',
    test: { file: signOutTest, name: 'a frozen tab holds up leaving for two seconds only' },
  },
  {
    row: 8,
    name: 'a form takes what another release kept as it is',
    file: 'src/lib/shared/forms/kept-form.ts',
    from: 'if (parsed?.success) draft[field] = parsed.data;',
    to: 'draft[field] = kept[field] as Draft[keyof Draft & string];',
    test: {
      file: 'src/lib/shared/forms/kept-form.test.ts',
      name: 'opens whichever field the release that kept it did not know',
    },
  },
  {
    row: 8,
    name: 'a saved view is taken as it is',
    file: 'src/lib/shared/lists/saved-view-query.ts',
    from: "typeof query[part] === 'string'",
    to: 'query[part] !== undefined',
    test: {
      file: 'src/lib/shared/lists/saved-view-query.test.ts',
      name: 'restores the known parts of a saved view',
    },
  },
  {
    row: 8,
    name: 'a kept import is taken as it is',
    file: 'src/lib/features/import/read-kept-run.ts',
    from: 'schema.safeParse(kept).data as',
    to: 'schema && kept as',
    test: {
      file: 'src/lib/features/import/read-kept-run.test.ts',
      name: 'an import kept by an older release continues',
    },
  },
  {
    row: 14,
    name: 'a tab opens a database of a newer release',
    file: 'src/lib/store/database.ts',
    from: 'return version >= (this.#known + 1) * 10;',
    to: 'return version < 0;',
    test: {
      file: putAwayTest,
      name: 'a database that a newer release has changed is not opened by this one',
    },
  },
  {
    row: 14,
    name: 'a tab goes on writing after a newer release has opened the database',
    file: 'src/lib/store/database.ts',
    from: 'this.close();\n      return false;',
    to: 'return false;',
    test: { file: putAwayTest, name: 'a tab stops writing after a newer release opens the database' },
  },
  {
    row: 16,
    name: 'text in an inline editor is gone after an update',
    file: 'src/lib/ui/kept-typing.ts',
    from: 'kept.set(placeOf(control), { text: control.value, before });',
    to: 'placeOf(control);',
    test: {
      file: 'src/lib/ui/kept-typing.test.ts',
      name: 'restores text that was typed when the page ended',
    },
  },
  {
    row: 17,
    name: 'a sign-out waits for a silent server',
    file: signOut,
    from: 'await Promise.race([syncNow(), within(patience)]);',
    to: 'await syncNow();',
    test: { file: signOutTest, name: 'a silent server delays a sign-out by only a few seconds' },
  },
  {
    row: 19,
    name: 'a tick stays after its save has failed',
    file: 'src/lib/ui/Checkbox.svelte',
    from: 'if ((await onchange?.(to)) === false) checked = !to;',
    to: 'await onchange?.(to);',
    test: { file: 'src/lib/ui/Checkbox.test.ts', name: 'the box shows the stored value after a failed save' },
  },
  {
    row: 22,
    name: 'a page that leaves while it reopens the database never opens it again',
    file: 'src/lib/store/store.ts',
    from: 'reopen = db.isOpen() || opening;',
    to: 'reopen = db.isOpen();',
    test: { file: putAwayTest, name: 'a page that leaves twice while it reopens the database can save' },
  },
];
