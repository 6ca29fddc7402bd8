import { afterEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { setAside } from '$lib/store/set-aside';
import { testStore } from '$lib/store/test-store';
import { setAsideWords } from './set-aside-words';

afterEach(() => setCurrentStore(undefined));

test('the app says how many records of each kind it could not read', async () => {
  const store = await testStore();
  setCurrentStore(store);
  expect(await setAsideWords()).toEqual([]);
  const row = { version: 1, why: 'emails.0.label: invalid_type' };
  await setAside(store.db, [
    { entity: 'contacts', id: 'a', ...row },
    { entity: 'companies', id: 'b', ...row },
    { entity: 'companies', id: 'c', ...row },
  ]);
  expect(await setAsideWords()).toEqual([
    '2 companies could not be read by this version of the app. Update the app.',
    '1 contact could not be read by this version of the app. Update the app.',
  ]);
});
