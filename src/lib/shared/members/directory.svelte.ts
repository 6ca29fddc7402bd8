import type { Member } from '$lib/entities/member';
import { live } from '$lib/store/live.svelte';
import { assignable, memberName, membersById, noMembers } from './queries';

/** The current members of the team, for names and choices. */
export interface Directory {
  /** The name of a member; `undefined` if the id is null or the row has not arrived yet. */
  name(id: string | null | undefined): string | undefined;
  /** The members who can own records, and the member `keep` even if inactive. */
  assignable(keep?: string | null): Member[];
}

/** Follows the rows of the team. Call it while a component initializes. */
export function directory(): Directory {
  const members = live(() => undefined, membersById, noMembers);
  return {
    name(id) {
      const member = id ? members.current.get(id) : undefined;
      return member && memberName(member);
    },
    assignable: (keep) => assignable(members.current.values(), keep),
  };
}
