type Rules = typeof import('./phone-number');

let rules = $state.raw<Rules>();
let asked = false;

/** The rules for the numbers of all countries, once they have been loaded: the first who asks loads them. */
function loaded(): Rules | undefined {
  if (!asked) {
    asked = true;
    // Without the rules the typed text is as good: nothing is said of a failure.
    void import('./phone-number').then(
      (module) => (rules = module),
      () => (asked = false),
    );
  }
  return rules;
}

/**
 * A phone number for display, in the way of its country once the rules for all countries have been loaded; until
 * then, and wherever it is stored, as it was typed.
 */
export const phoneText = (text: string, country?: string | null): string =>
  loaded()?.formatPhone(text, country) ?? text;

/** The link that calls a number; `undefined` for what is no number, and until the rules have been loaded. */
export const phoneLink = (text: string, country?: string | null): string | undefined =>
  loaded()?.phoneLink(text, country);
