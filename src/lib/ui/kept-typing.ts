import { getContext, setContext } from 'svelte';

type Control = HTMLInputElement | HTMLTextAreaElement;

/** The typed text, and the text that was in the field before. */
interface Typed {
  text: string;
  before: string;
}

const storageKey = 'atomic-crm:typing';
const context = Symbol('typing');
const texts =
  'textarea, input:not([type]), input:is([type=text], [type=email], [type=tel], [type=url], [type=number])';
const dates = 'input:is([type=date], [type=datetime-local], [type=time])';

/**
 * Call it while a component initializes, so that the fields inside it keep nothing. Use it for forms, which keep their
 * own drafts, and for the sign-in pages.
 */
export const keepNoTyping = (): void => void setContext(context, true);

/** Whether the fields of the component that is initializing should keep their text. */
export const keepsTyping = (): boolean => getContext(context) !== true;

/**
 * Keeps the text in visible fields if the page ends before it was saved: a new version reloads every tab, and a tablet
 * ends pages when memory is short. It stores the text of the fields at that moment for this tab, and when the same
 * field is shown again, it restores the text. It keeps nothing from a field that was left, saved or cleared.
 */
export class KeptTyping {
  /** The text from before the page started, until its field is shown. */
  readonly #before: Map<string, Typed>;
  readonly #typed = new Map<Control, string>();

  /** @param window the window of the fields; undefined outside of pages */
  constructor(
    window: EventTarget | undefined,
    private readonly storage: () => Storage,
  ) {
    this.#before = this.#read();
    window?.addEventListener('pagehide', () => this.#keep(), { capture: true });
    // A tablet may end a hidden page without notice.
    window?.addEventListener('visibilitychange', () => document.hidden && this.#keep(), { capture: true });
  }

  /** A field has typed text that is not saved. */
  get inUse(): boolean {
    return [...this.#typed].some(([control, before]) => control.value !== before);
  }

  /** The fields of this page whose text is kept and that are not shown yet. */
  get waiting(): { name: string; label: string }[] {
    return [...this.#before.keys()]
      .map((place) => place.split('\n'))
      .filter(([path]) => path === location.pathname)
      .map(([, , name = '', label = '']) => ({ name, label }));
  }

  /**
   * Follows the text field inside `field` and restores the text that was typed in it. Returns a function that stops it.
   */
  follow = (field: Element): (() => void) | undefined => {
    const control = field.querySelector<Control>(`:is(${texts}, ${dates}):not([role=combobox])`);
    if (!control) return undefined;
    let before = control.value;
    const begin = () => {
      if (!this.#typed.has(control)) before = control.value;
    };
    const type = () => {
      if (!this.#typed.has(control)) this.#typed.set(control, before);
    };
    control.addEventListener('focus', begin);
    control.addEventListener('input', type);
    this.#giveBack(control);
    return () => {
      this.#typed.delete(control);
      control.removeEventListener('focus', begin);
      control.removeEventListener('input', type);
    };
  };

  /** Another person may use this tab, so it deletes all typed text. */
  forget(): void {
    this.#before.clear();
    this.#typed.clear();
    this.#store(undefined);
  }

  #giveBack(control: Control): void {
    const place = placeOf(control);
    const typed = this.#before.get(place);
    if (!typed) return;
    this.#before.delete(place);
    if (control.value === typed.text) return;
    // Older text must not cover a value that has changed since.
    if (control.value !== typed.before) return void tell(labelOf(control), typed.text);
    control.value = typed.text;
    this.#typed.set(control, typed.before);
    control.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  #keep(): void {
    const kept = new Map(this.#before);
    for (const [control, before] of this.#typed)
      if (control.isConnected && control.value !== before)
        kept.set(placeOf(control), { text: control.value, before });
    this.#store(kept.size > 0 ? JSON.stringify([...kept]) : undefined);
  }

  #read(): Map<string, Typed> {
    try {
      const kept: unknown = JSON.parse(this.storage().getItem(storageKey) ?? '[]');
      this.storage().removeItem(storageKey);
      return new Map(Array.isArray(kept) ? kept.filter(isKept) : []);
    } catch {
      return new Map();
    }
  }

  #store(kept: string | undefined): void {
    try {
      if (kept === undefined) this.storage().removeItem(storageKey);
      else this.storage().setItem(storageKey, kept);
    } catch {
      // A browser without storage keeps nothing.
    }
  }
}

async function tell(label: string, text: string): Promise<void> {
  const { toast } = await import('./toast.svelte');
  toast.show(`“${label}” has changed. You had typed: ${text}`, { tone: 'red' });
}

function isKept(entry: unknown): entry is [string, Typed] {
  if (!Array.isArray(entry)) return false;
  const [place, typed] = entry as [unknown, Partial<Typed> | null];
  return typeof place === 'string' && typeof typed?.text === 'string' && typeof typed.before === 'string';
}

/** Names a field by its place: its page, the part around it, its own name and its label. */
function placeOf(control: Control): string {
  const part = control.closest('dialog, article, section, form');
  return [location.pathname, part ? nameOf(part) : '', control.name, labelOf(control)].join('\n');
}

const nameOf = (part: Element): string =>
  part.getAttribute('aria-label') ??
  document.getElementById(part.getAttribute('aria-labelledby') ?? '')?.textContent.trim() ??
  '';

const labelOf = (control: Control): string => control.labels?.[0]?.textContent.trim() ?? '';

export const keptTyping = new KeptTyping(globalThis.window, () => sessionStorage);
