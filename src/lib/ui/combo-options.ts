import { fold } from './fold';

export interface ComboOption {
  value: string;
  label: string;
  /** Tells options of one label apart. */
  hint?: string | undefined;
}

/** The options whose label or hint holds every typed word; those whose label begins with the text come first. */
export function matching(options: readonly ComboOption[], text: string, most = 50): ComboOption[] {
  const typed = fold(text.trim());
  if (!typed) return options.slice(0, most);
  const words = typed.split(/\s+/);
  const first: ComboOption[] = [];
  const rest: ComboOption[] = [];
  for (const option of options) {
    const label = fold(option.label);
    const whole = option.hint ? `${label} ${fold(option.hint)}` : label;
    if (!words.every((word) => whole.includes(word))) continue;
    (label.startsWith(typed) ? first : rest).push(option);
  }
  return [...first, ...rest].slice(0, most);
}

/** The option a text names fully, case and accents aside. */
export function named(options: readonly ComboOption[], text: string): ComboOption | undefined {
  const typed = fold(text.trim());
  return options.find((option) => fold(option.label) === typed);
}
