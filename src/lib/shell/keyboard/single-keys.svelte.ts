const key = 'atomic-crm:single-keys';

function kept(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

let on = $state(kept());

/** Whether single letters are shortcuts. The device stores this choice, since dictation software types letters too. */
export const singleKeys = {
  get on(): boolean {
    return on;
  },
  set on(chosen: boolean) {
    on = chosen;
    try {
      if (chosen) localStorage.removeItem(key);
      else localStorage.setItem(key, 'off');
    } catch {
      // A browser without storage keeps the choice until the page is closed.
    }
  },
};
