import { lostCode } from '$lib/lifecycle/lost-code';
import type { Installation, OfflineUse } from './installation.svelte';

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** The service worker, as the app sees it: whether a new version is waiting, and whether the app can be installed. */
class Pwa {
  #isSuperseded = $state(false);
  #prompt = $state.raw<InstallPrompt>();
  #isRegistered = false;
  #installation = $state.raw<Installation>();

  /** A new version is installed and waits until the person agrees. */
  get updateReady(): boolean {
    return this.#installation?.updateReady ?? false;
  }
  /** Another tab runs a newer version, so this one can no longer store anything. */
  get isSuperseded(): boolean {
    return this.#isSuperseded;
  }
  superseded(): void {
    this.#isSuperseded = true;
  }
  /** Whether the app opens without a network on this device. */
  get offlineUse(): OfflineUse {
    return this.#installation?.use ?? soFar();
  }
  /** The browser offers to install the app. */
  get installable(): boolean {
    return this.#prompt !== undefined;
  }

  /**
   * Registers the service worker once, after the page has painted. It does nothing in a browser without service
   * workers.
   */
  async register(): Promise<void> {
    if (this.#isRegistered || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
    this.#isRegistered = true;
    let controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // When the first worker takes over a page, nothing about the page changes.
      if (controlled) location.reload();
      controlled = true;
    });
    const check = () => void (document.visibilityState === 'visible' && this.look());
    setInterval(check, 3_600_000);
    document.addEventListener('visibilitychange', check);
    const { Installation } = await lostCode.untilLoaded(() => import('./installation.svelte'));
    this.#installation = new Installation(store);
    await this.#installation.begin();
  }

  /** Checks for a new version now. Offline it finds none. */
  async look(): Promise<void> {
    await this.#installation?.registration?.update().catch(() => undefined);
  }

  /**
   * Switches to the new version, which is fetched now if it is not here yet. Every tab reloads. Saved work is safe,
   * forms keep their drafts, and `ui/kept-typing` keeps what is typed elsewhere.
   * @returns false if no new version is available now
   */
  async update(): Promise<boolean> {
    const registration = this.#installation?.registration;
    // If the browser does not store the app, the page from the server is the newest.
    if (!registration) return lostCode.reloadIfReachable();
    if (!registration.waiting) await this.look();
    if (registration.installing) await installed(registration.installing);
    if (!registration.waiting) return false;
    const { messageSW } = await import('workbox-window');
    void messageSW(registration.waiting, { type: 'SKIP_WAITING' });
    return true;
  }

  offered(prompt: Event): void {
    prompt.preventDefault();
    this.#prompt = prompt as InstallPrompt;
  }

  async install(): Promise<void> {
    await this.#prompt?.prompt();
    this.#prompt = undefined;
  }
}

/** The state before the installation has begun. */
function soFar(): OfflineUse {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return 'unsupported';
  return navigator.serviceWorker.controller ? 'ready' : 'installing';
}

/** Asks the browser to store the app. Call it after the page has loaded everything that it needs. */
async function store(): Promise<ServiceWorkerRegistration> {
  const { Workbox } = await import('workbox-window');
  const workbox = new Workbox('/service-worker.js', { scope: '/', updateViaCache: 'none' });
  const registration = await workbox.register();
  if (!registration) throw new Error('The service worker was not registered.');
  return registration;
}

function installed(worker: ServiceWorker): Promise<void> {
  return new Promise((done) => {
    const check = () => worker.state !== 'installing' && done();
    worker.addEventListener('statechange', check);
    check();
  });
}

export const pwa = new Pwa();
