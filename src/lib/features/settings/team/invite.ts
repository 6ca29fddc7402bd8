import * as z from 'zod/mini';
import type { Role } from '$lib/entities/member';

const invitation = z.object({ code: z.string(), expires_at: z.string() });
/** A single-use code. The server keeps only its hash, so it is shown once. */
export type Invitation = z.infer<typeof invitation>;

export type InviteOutcome = { ok: true; invitation: Invitation } | { ok: false; message: string };

/** Creates an invitation for an address. It needs the server. Never throws. */
export async function invite(request: {
  email: string;
  role: Role;
  full_name: string | null;
}): Promise<InviteOutcome> {
  try {
    const { callRpc } = await import('$lib/remote/rpc');
    const reply = await callRpc('invite', request);
    if (reply.ok) return { ok: true, invitation: invitation.parse(reply.body) };
    return { ok: false, message: sentenceOf(reply.code, reply.kind, reply.message) };
  } catch {
    return { ok: false, message: 'The invitation could not be created. Try again.' };
  }
}

function sentenceOf(code: string, kind: string, message: string): string {
  if (code === 'duplicate') return 'This person is already on the team.';
  if (kind === 'unreachable')
    return `${message} You need a connection to invite someone. What you typed is still here.`;
  return message;
}
