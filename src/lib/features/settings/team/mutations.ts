import type { Member, Role } from '$lib/entities/member';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';

const change = (seen: Member, values: Partial<Member>): Promise<void> =>
  mutate(currentStore(), [{ op: 'update', entity: 'members', id: seen.id, values, seen }]);

/** Changes the role of a member. Admins only; the server decides. */
export const setRole = (seen: Member, role: Role): Promise<void> => change(seen, { role });

/** Deactivates or reactivates a member. Admins only; the server decides. */
export const setActive = (seen: Member, active: boolean): Promise<void> => change(seen, { active });

/** Changes a member's own name. */
export const rename = (seen: Member, full_name: string): Promise<void> => change(seen, { full_name });
