import type { Member } from '$lib/entities/member';
import { all } from '$lib/store/read';

/** The name that people see for a member; the email address if no name was given. */
export const memberName = (member: Pick<Member, 'full_name' | 'email'>): string =>
  member.full_name || member.email;

/**
 * Members as choices, in their order. Two of the same name are told apart by their e-mail addresses.
 * @param me the person who chooses, if that matters
 */
export function memberChoices(members: Member[], me?: string): { value: string; label: string }[] {
  const names = members.map(memberName);
  return members.map((member, at) => {
    const isShared = names.some((name, other) => name === names[at] && other !== at);
    const name = isShared ? `${names[at]}, ${member.email}` : (names[at] ?? '');
    return { value: member.id, label: member.id === me ? `${name} (me)` : name };
  });
}

export const noMembers: ReadonlyMap<string, Member> = new Map();

/** All members by id, including inactive ones, whose names stay on their notes. */
export async function membersById(): Promise<ReadonlyMap<string, Member>> {
  const members = await all('members');
  return new Map(members.map((member) => [member.id, member]));
}

/** The members who can own records, sorted by name; `keep` stays in the list even if inactive. */
export function assignable(members: Iterable<Member>, keep?: string | null): Member[] {
  return [...members]
    .filter((member) => (member.active && member.role !== 'read_only') || member.id === keep)
    .sort((a, b) => memberName(a).localeCompare(memberName(b)));
}
