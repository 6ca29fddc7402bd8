import type { ManifestOptions } from 'vite-plugin-pwa';

/** The web app manifest: what a tablet shows when the app is installed. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Atomic CRM',
  short_name: 'Atomic CRM',
  description: 'The CRM that works in the kitchen: contacts, deals and tasks with or without a network.',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  theme_color: '#f7f5f2',
  background_color: '#f7f5f2',
  categories: ['business', 'productivity'],
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    { name: 'New contact', url: '/contacts?new=contact' },
    { name: 'New deal', url: '/deals?new=deal' },
    { name: 'New task', url: '/tasks?new=task' },
    { name: 'Tasks', url: '/tasks' },
  ],
  share_target: {
    action: '/share',
    method: 'GET',
    params: { title: 'title', text: 'text', url: 'url' },
  },
};
