let format = $state.raw<(text: string, country?: string | null) => string>();
let asked = false;

/**
 * A phone number for display, in the way of its country once the rules for all countries have been loaded; until
 * then, and wherever it is stored or dialled, as it was typed.
 */
export function phoneText(text: string, country?: string | null): string {
  if (!asked) {
    asked = true;
    // Without the rules the typed text is as good: nothing is said of a failure.
    void import('./format-phone').then(
      (module) => (format = module.formatPhone),
      () => (asked = false),
    );
  }
  return format?.(text, country) ?? text;
}
