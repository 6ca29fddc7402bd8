// @vitest-environment jsdom
import { expect, onTestFinished, test, vi } from 'vitest';
import { supabase } from './client';

const library = '@supabase/supabase-js';

test('the next call loads what could not be loaded before', async () => {
  vi.doMock(library, () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  onTestFinished(() => vi.doUnmock(library));
  await expect(supabase()).rejects.toThrow();
  vi.doUnmock(library);
  const client = await supabase();
  expect((await client.auth.getSession()).data.session).toBeNull();
  expect(await supabase()).toBe(client);
});
