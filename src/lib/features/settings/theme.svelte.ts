export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'atomic-crm:theme';

function kept(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}

let current = $state<Theme>(kept());

/** Light, dark, or the theme of the device. The device stores this choice. */
export const theme = {
  get current(): Theme {
    return current;
  },
  set current(chosen: Theme) {
    current = chosen;
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // A browser without storage keeps the choice until the page is closed.
    }
    applyTheme();
  },
};

/** Sets the colors of the page. Call it before the first paint. */
export function applyTheme(): void {
  if (current === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}
