import { redirect } from '@sveltejs/kit';
import { session } from '$lib/shared/session/session.svelte';
import type { LayoutLoad } from './$types';

/**
 * Opens the working set before any page reads it. It does not ask the server: an expired session still opens its data.
 */
export const load: LayoutLoad = async ({ url }) => {
  const store = await session.open();
  if (!store) redirect(307, `/login?next=${encodeURIComponent(url.pathname + url.search)}`);
  return { store };
};
