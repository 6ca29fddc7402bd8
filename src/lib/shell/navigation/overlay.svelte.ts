type Overlay = 'sign_out' | 'shortcuts' | 'new_commands';

/** The dialog that the frame shows over any page, opened by a menu, a command or a key. */
class Overlays {
  #current = $state<Overlay>();

  get current(): Overlay | undefined {
    return this.#current;
  }
  show(overlay: Overlay): void {
    this.#current = overlay;
  }
  close(): void {
    this.#current = undefined;
  }
}

export const overlay = new Overlays();
