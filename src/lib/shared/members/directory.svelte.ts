import type { Member } from '$lib/entities/member';
import { live } from '$lib/store/live.svelte';
import { assignable, memberName, membersById, noMembers } from './queries';

/** The people of the team as they are now, for names and choices. */
export interface Directory {
  /** The name of a member; `undefined` where the id is none or its row has not arrived yet. */
  name(id: string | null | undefined): string | undefined;
  /** Who can be given work, and `keep` even where inactive. */
  assignable(keep?: string | null): Member[];
}

/** Follows the team's rows. Call it while a component initialises. */
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
