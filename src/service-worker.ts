/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { onlyThisRelease } from '$lib/shell/pwa/this-release';

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

/** From the Service Worker Static Routing API, which TypeScript's library does not describe yet. */
interface RoutedInstallEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { requestMethod: string }; source: 'network' }): Promise<void>;
}

// Sync requests are POST requests and bypass this worker. Chromium lets a new version take over when the old one is
// idle, but one request that arrives just then makes it wait for up to five minutes, and an open page posts every few
// seconds.
self.addEventListener('install', (event: RoutedInstallEvent) => {
  event.waitUntil(
    event.addRoutes?.({ condition: { requestMethod: 'post' }, source: 'network' }).catch(() => undefined) ??
      Promise.resolve(),
  );
});

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
