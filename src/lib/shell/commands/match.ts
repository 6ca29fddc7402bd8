import { fold } from '$lib/text/fold';

export const commandGroups = ['Create', 'Go to', 'Actions'] as const;

/** Something the person can do from the search field. */
export interface Command {
  id: string;
  group: (typeof commandGroups)[number];
  label: string;
  /** More words that find it. */
  words: string;
  run: () => unknown;
}

/** The commands that match a text, at most `most`. An empty text matches all. */
export function matchingCommands(commands: Command[], typed: string, most = 5): Command[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands;
  return commands
    .filter(({ label, words: more }) => {
      const own = fold(`${label} ${more}`).split(/\s+/);
      return words.every((word) => own.some((each) => each.startsWith(word)));
    })
    .slice(0, most);
}

/** Whether the text can only mean a command. If so, commands are listed above records. */
export function meansCommand(commands: Command[], typed: string): boolean {
  const text = fold(typed.trim());
  return commands.some(({ label }) => {
    const name = fold(label);
    return name === text || (text.includes(' ') && name.startsWith(text));
  });
}
