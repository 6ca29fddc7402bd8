import { fold } from '$lib/text/fold';
import { identity } from './identity';

export interface ComboOption {
  value: string;
  label: string;
  /** Distinguishes options with the same label. */
  hint?: string | undefined;
}

/** The option with exactly this name. */
export function matching(options: readonly ComboOption[], text: string, most = 50): ComboOption[] {
  const typed = fold(text.trim());
  if (!typed) return options.slice(0, most);
  const words = typed.split(/\s+/);
  const same = identity(text);
  const named: ComboOption[] = [];
  const first: ComboOption[] = [];
  const rest: ComboOption[] = [];
  for (const option of options) {
    const label = fold(option.label);
    const whole = option.hint ? `${label} ${fold(option.hint)}` : label;
    if (!words.every((word) => whole.includes(word))) continue;
    const startsWith = label.startsWith(typed);
    (startsWith && identity(option.label) === same ? named : startsWith ? first : rest).push(option);
  }
  return [...named, ...first, ...rest].slice(0, most);
}

/** The option with exactly this name. */
export function named(options: readonly ComboOption[], text: string): ComboOption | undefined {
  const typed = identity(text);
  return options.find((option) => identity(option.label) === typed);
}
