import { goto } from '$app/navigation';
import { toast } from '$lib/ui/toast.svelte';
import { destinations } from '$lib/shell/navigation/navigation';
import { overlay } from '$lib/shell/navigation/overlay.svelte';
import { pwa } from '$lib/shared/device/pwa.svelte';
import { session } from '$lib/shared/session/session.svelte';
import { theme, type Theme } from '$lib/features/settings/theme.svelte';
import type { Command } from './match';

const create = (noun: string, list: string): Command => ({
  id: `create:${noun}`,
  group: 'Create',
  label: `New ${noun}`,
  words: 'add create',
  run: () => goto(`/${list}?new=${noun}`),
});

const goTo = (label: string, href: string): Command => ({
  id: `go:${href}`,
  group: 'Go to',
  label,
  words: 'go to open page',
  run: () => goto(href),
});

const act = (label: string, words: string, run: () => unknown): Command => ({
  id: `do:${label}`,
  group: 'Actions',
  label,
  words,
  run,
});

const themeNames: Record<Theme, string> = {
  light: 'Use light theme',
  dark: 'Use dark theme',
  system: 'Match device theme',
};

async function sync(): Promise<void> {
  const [{ syncNow }, { syncStatus }] = await Promise.all([
    import('$lib/sync/engine'),
    import('$lib/sync/status.svelte'),
  ]);
  await syncNow();
  toast.show(`Sync: ${syncStatus.text}.`);
}

/** All commands that are possible now, in the order in which they are offered. */
export function commands(): Command[] {
  const changes = session.canWrite
    ? [
        create('contact', 'contacts'),
        create('company', 'companies'),
        create('deal', 'deals'),
        create('task', 'tasks'),
      ]
    : [];
  const others = (Object.keys(themeNames) as Theme[]).filter((name) => name !== theme.current);
  return [
    ...changes,
    ...destinations.map(({ label, href }) => goTo(label, href)),
    ...(session.canWrite ? [goTo('Import CSV', '/import')] : []),
    goTo('Help', '/help'),
    act('Sync now', 'send fetch refresh', sync),
    ...others.map((name) => act(themeNames[name], 'color dark mode', () => (theme.current = name))),
    ...(pwa.installable ? [act('Install app', 'home screen', () => pwa.install())] : []),
    act('Print this page', 'paper pdf', () => print()),
    act('Keyboard shortcuts', 'keys help', () => overlay.show('shortcuts')),
    act('Sign out', 'log out leave', () => overlay.show('sign_out')),
  ];
}
