import { memberName, membersById } from './queries';

/** The names of all members as they are now, by id. */
export async function memberNames(): Promise<(id: string) => string | undefined> {
  const members = await membersById();
  return (id) => {
    const member = members.get(id);
    return member && memberName(member);
  };
}
