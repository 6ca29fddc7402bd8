import { beforeEach, expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import type { Store } from './store';
import { testStore } from './test-store';

let store: Store;
beforeEach(async () => void (store = await testStore()));

const contact = (n: number) => ({ id: store.newId(), first_name: `No ${n}`, deleted_at: null }) as Contact;
const put = (n: number) => store.db.rows('contacts').put(contact(n));

test('whoever reads while a first sync writes page after page is answered before its end', async () => {
  const pages = 300;
  let written = 0;
  const sync = (async () => {
    for (; written < pages; written++) await put(written);
  })();
  await put(-1);
  const rows = await store.db.living('contacts').read();
  expect([rows.length > 0, written < pages]).toEqual([true, true]);
  await sync;
  expect(await store.db.living('contacts').read()).toHaveLength(pages + 1);
});

test('what had committed before it was asked for is among the rows, whoever else is reading', async () => {
  const living = store.db.living('contacts');
  for (let round = 0; round < 20; round++) {
    const others = [living.read(), living.read()];
    await put(round);
    expect(await living.read()).toHaveLength(round + 1);
    await Promise.all(others);
  }
});
