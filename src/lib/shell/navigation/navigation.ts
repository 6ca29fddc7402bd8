import type { Component } from 'svelte';
import Building2 from '~icons/lucide/building-2';
import ChartColumn from '~icons/lucide/chart-column';
import Handshake from '~icons/lucide/handshake';
import House from '~icons/lucide/house';
import ListTodo from '~icons/lucide/list-todo';
import RefreshCw from '~icons/lucide/refresh-cw';
import ScrollText from '~icons/lucide/scroll-text';
import Settings from '~icons/lucide/settings';
import Users from '~icons/lucide/users';

export interface Destination {
  href: string;
  label: string;
  icon: Component<{ size?: number | string; strokeWidth?: number | string }>;
  /** It is in the bottom bar of a phone. The others are behind `More`. */
  first: boolean;
}

export const destinations: readonly Destination[] = [
  { href: '/', label: 'Dashboard', icon: House, first: true },
  { href: '/contacts', label: 'Contacts', icon: Users, first: true },
  { href: '/companies', label: 'Companies', icon: Building2, first: false },
  { href: '/deals', label: 'Deals', icon: Handshake, first: true },
  { href: '/tasks', label: 'Tasks', icon: ListTodo, first: true },
  { href: '/reports', label: 'Reports', icon: ChartColumn, first: false },
  { href: '/activity', label: 'Activity', icon: ScrollText, first: false },
  { href: '/sync', label: 'Sync', icon: RefreshCw, first: false },
  { href: '/settings', label: 'Settings', icon: Settings, first: false },
];

/** Whether the page at `pathname` is a destination or a page below it. */
export const isAt = (href: string, pathname: string): boolean =>
  pathname === href || (href !== '/' && pathname.startsWith(`${href}/`));

/** The title in a phone's top bar for the page at `pathname`, and the target of its Back button, if it has one. */
export function placeOf(pathname: string): { title: string; back: string | undefined } {
  if (pathname === '/import') return { title: 'Import', back: '/contacts' };
  if (pathname === '/share') return { title: 'Shared text', back: '/' };
  const section = destinations.find(({ href }) => isAt(href, pathname));
  return {
    title: section?.label ?? 'Atomic CRM',
    back: section?.href === pathname ? undefined : section?.href,
  };
}
