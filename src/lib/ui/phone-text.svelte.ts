type Rules = typeof import('./phone-number');

let rules = $state.raw<Rules>();
let asked = false;

/** The rules for the numbers of all countries, once they are loaded. The first call loads them. */
function loaded(): Rules | undefined {
  if (!asked) {
    asked = true;
    // Without the rules, the typed text is good enough, so a failure is not reported.
    void import('./phone-number').then(
      (module) => (rules = module),
      () => (asked = false),
    );
  }
  return rules;
}

/**
 * A phone number for display, in the format of its country once the rules for all countries are loaded. Until then it
 * is as it was typed. The stored number never changes.
 */
export const phoneText = (text: string, country?: string | null): string =>
  loaded()?.formatPhone(text, country) ?? text;

/** The link that calls a number; `undefined` if it is not a number, or until the rules are loaded. */
export const phoneLink = (text: string, country?: string | null): string | undefined =>
  loaded()?.phoneLink(text, country);
