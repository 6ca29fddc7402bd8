/** The browser offers it, the share menu of an iPad or iPhone does it, or Safari's menu on a Mac does. */
export type InstallWay = 'installed' | 'browser' | 'share_menu' | 'dock' | 'none';

interface Surroundings {
  userAgent: string;
  maxTouchPoints: number;
  /** The app runs in its own window. */
  standalone: boolean;
  /** The browser offers to install it. */
  offered: boolean;
}

/**
 * How this device installs the app. On Apple's devices only a menu can do it, which the page cannot open, and the
 * installed app has its own storage. An iPad calls itself a Mac, but has a touch screen.
 */
export function installWay({ userAgent, maxTouchPoints, standalone, offered }: Surroundings): InstallWay {
  if (standalone) return 'installed';
  if (offered) return 'browser';
  const apple = /iphone|ipad|ipod/i.test(userAgent) || (/macintosh/i.test(userAgent) && maxTouchPoints > 1);
  if (apple) return 'share_menu';
  return /macintosh.*version\/\S+ safari\//i.test(userAgent) ? 'dock' : 'none';
}
