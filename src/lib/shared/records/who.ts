import { fieldLabel } from './field-label';
import { currentStore } from '$lib/store/current';
import { one } from '$lib/store/read';
import { memberName } from '$lib/shared/members/queries';

const ownOtherDevice = 'You (on another device)';

/** A member to begin a sentence with. For this person's own change, it says that another device made it. */
export async function who(id: string | null): Promise<string> {
  if (id === currentStore().userId) return ownOtherDevice;
  const member = id ? await one('members', id) : undefined;
  return member ? memberName(member) : 'Someone else';
}

/** The version that a person wrote, inside a sentence: "Priya's version". @param author the words of `who` */
export const versionOf = (author: string): string =>
  author === ownOtherDevice ? 'the version from your other device' : `${author}'s version`;

/** The author of a change, if it is somebody who left and not this person; otherwise undefined. */
export const otherAuthor = async (id: string): Promise<string | undefined> =>
  id === currentStore().userId ? undefined : who(id);

/** A field's label inside a sentence, like "expected close". Proper names such as LinkedIn keep their capitals. */
export function inSentence(field: string): string {
  const label = fieldLabel(field);
  return /^[A-Z][a-z -]*$/.test(label) ? label.toLowerCase() : label;
}
