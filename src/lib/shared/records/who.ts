import { fieldLabel } from './field-label';
import { currentStore } from '$lib/store/current';
import { one } from '$lib/store/read';
import { memberName } from '$lib/shared/members/queries';

/** A member to begin a sentence with; this person is somebody else only on another device. */
export async function who(id: string | null): Promise<string> {
  if (id === currentStore().userId) return 'You, on another device,';
  const member = id ? await one('members', id) : undefined;
  return member ? memberName(member) : 'Somebody else';
}

/** The author of a change where that is not this person, but somebody who left; otherwise undefined. */
export const otherAuthor = async (id: string): Promise<string | undefined> =>
  id === currentStore().userId ? undefined : who(id);

/** A field in the middle of a sentence: "expected close", and LinkedIn stays LinkedIn. */
export function inSentence(field: string): string {
  const label = fieldLabel(field);
  return /^[A-Z][a-z -]*$/.test(label) ? label.toLowerCase() : label;
}
