const minute = 60_000;
let ticks = $state(0);
let running = false;

/** One timer for all who show the time, because a list has hundreds of them. */
function start() {
  running = true;
  const tick = () => ticks++;
  setInterval(tick, minute / 2);
  document.addEventListener('visibilitychange', tick);
}

/** The current time. A template that reads it is refreshed twice a minute and on return to the app. */
export const clock = {
  get now(): Date {
    if ($effect.tracking()) {
      if (!running) start();
      void ticks;
    }
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each reading is a new one, never changed
    return new Date();
  },
  /**
   * Minutes that local time is ahead of UTC now. Read it in code that puts local times into words: the words are made
   * again when the device comes to another time zone.
   */
  get zone(): number {
    return -this.now.getTimezoneOffset();
  },
};
