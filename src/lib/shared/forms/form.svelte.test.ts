// @vitest-environment jsdom
import { flushSync } from 'svelte';
import * as z from 'zod/mini';
import { beforeEach, expect, test } from 'vitest';
import { StoreError } from '$lib/store/errors';
import { Form } from './form.svelte';
import { forgetDraft, keepDraft } from './kept-draft';

interface Draft {
  name: string;
}
const noProblems = () => ({});

beforeEach(() => localStorage.clear());

/** Runs `use` with a form as its component has it, then closes the component. */
async function open<T>(use: (form: Form<Draft, { version: number }>) => T, version = 1): Promise<Awaited<T>> {
  let form: Form<Draft, { version: number }> | undefined;
  const close = $effect.root(() => {
    form = new Form('someone:contact:1', { draft: { name: 'Ana' }, seen: { version } }, { name: z.string() });
  });
  flushSync();
  try {
    if (!form) throw new Error('the form was not made');
    return await use(form);
  } finally {
    flushSync();
    close();
  }
}

test('restores typed text after the form was closed, with the row seen then', async () => {
  await open((form) => (form.draft.name = 'Anaïs'));
  await open(async (form) => {
    expect(form.draft.name).toBe('Anaïs');
    expect(form.resumed).toBe(true);
    const seen = await form.submit(noProblems, async (_, begun) => begun.seen);
    expect(seen).toEqual({ version: 1 });
  }, 2);
});

test('a form closed without changes leaves nothing behind', async () => {
  await open(() => undefined);
  await open((form) => expect(form.resumed).toBe(false));
  expect(localStorage).toHaveLength(0);
});

test('discarded and saved drafts do not come back', async () => {
  await open((form) => {
    form.draft.name = 'Anaïs';
    flushSync();
    form.discard();
  });
  await open(async (form) => {
    expect(form.draft.name).toBe('Ana');
    form.draft.name = 'Anna';
    flushSync();
    await form.submit(noProblems, async () => 'saved');
  });
  await open((form) => expect(form.draft.name).toBe('Ana'));
});

test('a refused save shows the reason and keeps the typed text', async () => {
  await open(async (form) => {
    form.draft.name = 'Anaïs';
    const saved = await form.submit(noProblems, async () => {
      throw new StoreError('storage_full');
    });
    expect(saved).toBeUndefined();
    expect(form.failure).toContain('out of space');
    expect(form.draft.name).toBe('Anaïs');
    expect(form.saving).toBe(false);
  });
});

test('a draft with problems is not saved', async () => {
  await open(async (form) => {
    let saves = 0;
    await form.submit(
      () => ({ name: 'Enter a name.' }),
      async () => saves++,
    );
    expect(saves).toBe(0);
    expect(form.problems).toEqual({ name: 'Enter a name.' });
  });
});

test('a second tap on Save while the first runs saves once', async () => {
  await open(async (form) => {
    let saves = 0;
    const save = async () => ++saves;
    await Promise.all([form.submit(noProblems, save), form.submit(noProblems, save)]);
    expect(saves).toBe(1);
  });
});

test('discarding a draft shows the record as it is now', async () => {
  await open((form) => (form.draft.name = 'Anaïs'));
  await open(async (form) => {
    form.startAfresh();
    expect(form.draft.name).toBe('Ana');
    const seen = await form.submit(noProblems, async (_, begun) => begun.seen);
    expect(seen).toEqual({ version: 2 });
  }, 2);
});

/** Acts like another tab that changes the kept draft, and notifies this tab as a browser would. */
function elsewhere(act: () => void): void {
  const key = 'atomic-crm:draft:someone:contact:1';
  const oldValue = localStorage.getItem(key);
  act();
  dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue: localStorage.getItem(key) }));
  flushSync();
}
const keepElsewhere = (name: string) =>
  elsewhere(() =>
    keepDraft('someone:contact:1', {
      begun: { draft: { name: 'Ana' }, seen: { version: 1 } },
      draft: { name },
    }),
  );

test('two tabs with one form share its draft, and only one saves it', async () => {
  await open((form) => {
    keepElsewhere('Anaïs');
    expect(form.draft.name).toBe('Anaïs');
    keepElsewhere('Anaïs M.');
    expect(form.draft.name).toBe('Anaïs M.');
    elsewhere(() => forgetDraft('someone:contact:1'));
    expect(form.draft.name).toBe('Ana');
  });
});

test('another tab removes nothing else that was typed here', async () => {
  await open((form) => {
    keepElsewhere('Anaïs');
    form.draft.name = 'Annabel';
    elsewhere(() => forgetDraft('someone:contact:1'));
    expect(form.draft.name).toBe('Annabel');
  });
  await open((form) => expect(form.draft.name).toBe('Annabel'));
});

test("a form without typed text leaves another tab's draft alone", async () => {
  await open(() =>
    keepDraft('someone:contact:1', { begun: { draft: { name: 'Ana' } }, draft: { name: 'Anaïs' } }),
  );
  await open((form) => expect(form.draft.name).toBe('Anaïs'));
});
