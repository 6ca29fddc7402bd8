const key = 'atomic-crm:badge';

/** Safari and every other browser with Apple's engine. */
const isApple = () => navigator.vendor.startsWith('Apple');
/** Apple counts the number on an icon as a notification. */
const needsPermission = () => isApple() && 'Notification' in window;
const permission = (): NotificationPermission => (needsPermission() ? Notification.permission : 'granted');

/** Whether the app's icon shows the number of unsent changes. If the device has to ask for permission, it is off at first. */
export class BadgeSetting {
  /** The browser can show a number on the icon of an installed app. */
  readonly available = 'setAppBadge' in navigator;
  #wanted = $state(this.available && (stored() ?? (needsPermission() ? 'off' : 'on')) === 'on');
  #permission = $state(this.available ? permission() : 'denied');
  #asking = $state(false);

  /** The number is shown. */
  get on(): boolean {
    return this.#wanted && this.#permission === 'granted';
  }
  /** The device is asking the person for its permission. */
  get asking(): boolean {
    return this.#asking;
  }
  /** Turning it on asks the person for permission. */
  get mustAsk(): boolean {
    return this.#permission === 'default';
  }
  /** The person has told the device not to allow notifications. */
  get refused(): boolean {
    return this.available && this.#permission === 'denied';
  }

  /** Turns it on or off and stores the choice. Call it from a tap, because only then may it ask for permission. */
  async turn(on: boolean): Promise<void> {
    if (on && needsPermission()) await this.#ask();
    this.#wanted = on && this.#permission === 'granted';
    store(this.#wanted ? 'on' : 'off');
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      this.#permission = await Notification.requestPermission();
    } finally {
      this.#asking = false;
    }
  }
}

export const badge = new BadgeSetting();

function stored(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function store(choice: 'on' | 'off'): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // A browser without storage forgets the choice at the next start.
  }
}
