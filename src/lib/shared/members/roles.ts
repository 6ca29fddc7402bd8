import { roles, type Member, type Role } from '$lib/entities/member';

const words: Record<Role, string> = {
  admin: 'Admin',
  manager: 'Manager',
  rep: 'Rep',
  read_only: 'Read only',
};

export const roleWord = (role: Role): string => words[role];

/** The roles, as options of a field. */
export const roleOptions = roles.map((role) => ({ value: role, label: words[role] }));

/** The rights of a role, in one sentence. */
export const roleHints: Record<Role, string> = {
  admin: 'Full access, including team and maintenance.',
  manager: 'Can edit and reassign all records and see the activity log.',
  rep: 'Can edit all records.',
  read_only: 'Can view all records but not edit.',
};

/** Whether a member is the only active admin. The server refuses to take the role or the access from that member. */
export const isLastAdmin = (member: Member, team: Member[]): boolean =>
  member.role === 'admin' &&
  member.active &&
  !team.some((other) => other.id !== member.id && other.role === 'admin' && other.active);

/** The team by name, those without access last. */
export function sortTeam(team: Member[]): Member[] {
  const name = (member: Member) => member.full_name || member.email;
  return [...team].sort((a, b) => Number(b.active) - Number(a.active) || name(a).localeCompare(name(b)));
}
