export type InstallWay = 'installed' | 'browser' | 'share_menu' | 'none';

interface Surroundings {
  userAgent: string;
  maxTouchPoints: number;
  /** The app runs in a window of its own. */
  standalone: boolean;
  /** The browser offers to install it. */
  offered: boolean;
}

/**
 * How this device installs the app. On iPads and iPhones there is only the share menu, and the page cannot open it.
 * An iPad calls itself a Mac, but has a touch screen.
 */
export function installWay({ userAgent, maxTouchPoints, standalone, offered }: Surroundings): InstallWay {
  if (standalone) return 'installed';
  if (offered) return 'browser';
  const apple = /iphone|ipad|ipod/i.test(userAgent) || (/macintosh/i.test(userAgent) && maxTouchPoints > 1);
  return apple ? 'share_menu' : 'none';
}
