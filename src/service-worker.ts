/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { onlyThisRelease } from './lib/features/pwa/this-release';

declare const self: ServiceWorkerGlobalScope;

/** One page answers every address of the app. */
const page = '/';
const files = self.__WB_MANIFEST;

// A first tab that is never reloaded must still hear of updates.
clientsClaim();
cleanupOutdatedCaches();
addPlugins([onlyThisRelease(files, page, self.location.origin)]);
precacheAndRoute(files);
// The API is never answered from here.
registerRoute(new NavigationRoute(createHandlerBoundToURL(page), { denylist: [/^\/(auth|rest)\//] }));

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
