import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { navigating, page } from '$app/state';
import { readDeviceUser } from '$lib/shared/session/device-user';
import { pageLife } from '$lib/lifecycle/page-life';
import { connectEarly } from '$lib/store/database-name';

export const init: ClientInit = async () => {
  const user = readDeviceUser();
  if (user) connectEarly(user.user_id);
  pageLife.onPutAway(hideIfCutOff);
  pageLife.onReturn(startAgainIfCutOff);
  // The scripts were run in one task; what comes now is another.
  await new Promise((resolve) => setTimeout(resolve));
};

/**
 * Whether leaving cut off this page while it was starting, or on its way to the next page. Then it has lost a part of its
 * scripts or data. The browser remembers a script that could not be loaded, so only a reload brings it.
 */
function isCutOff(): boolean {
  const hasStarted = page.route.id !== null;
  const hasFailed = page.error !== null && page.status >= 500;
  return !hasStarted || hasFailed || navigating.to !== null;
}

/** Hides the page, so that nobody sees its failure between its return and the reload. */
function hideIfCutOff(): void {
  if (isCutOff()) document.body.hidden = true;
}

function startAgainIfCutOff(): void {
  hideIfCutOff();
  if (document.body.hidden) location.reload();
}

/** The words of the error page: the app's own if it has some, else one plain sentence. */
export const handleError: HandleClientError = ({ error, status }) => {
  if (status === 404) return { message: 'Page not found.' };
  console.error(error);
  if (!isStoreError(error)) return { message: 'A part of the app could not be loaded.' };
  return { message: error.message, code: error.code };
};

/** Recognized by its name, so that the store's code is not loaded for this. */
const isStoreError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && error.name === 'StoreError';
