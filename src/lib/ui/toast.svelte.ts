export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'red';
  readonly undo: (() => unknown) | undefined;
}

interface Options {
  undo?: () => unknown;
  tone?: 'neutral' | 'red';
}

const milliseconds = { plain: 5_000, undo: 8_000, red: 12_000 };

/** Short messages about the last action, and a way to undo it. An error never appears only here. */
class Toasts {
  #messages = $state.raw<readonly ToastMessage[]>([]);
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #lastId = 0;

  get messages() {
    return this.#messages;
  }

  /** Shows a sentence for a few seconds, longer if it can be undone or is a failure. */
  show(text: string, { undo, tone = 'neutral' }: Options = {}): void {
    const message = { id: ++this.#lastId, text, tone, undo };
    this.#messages = [...this.#messages.slice(-2), message];
    this.release(message);
  }

  /** Keeps a message while a person points at it. */
  hold({ id }: ToastMessage): void {
    clearTimeout(this.#timers.get(id));
  }

  /** Removes a message after its time. */
  release(message: ToastMessage): void {
    this.hold(message);
    const time =
      message.tone === 'red' ? milliseconds.red : message.undo ? milliseconds.undo : milliseconds.plain;
    this.#timers.set(
      message.id,
      setTimeout(() => this.dismiss(message), time),
    );
  }

  dismiss(message: ToastMessage): void {
    this.hold(message);
    this.#timers.delete(message.id);
    this.#messages = this.#messages.filter(({ id }) => id !== message.id);
  }
}

export const toast = new Toasts();
