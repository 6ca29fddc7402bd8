import type { AuthReply } from '$lib/remote/auth';
import { recordEvent } from '$lib/store/events';
import { currentStore } from '$lib/store/current';
import { writeDeviceUser } from './device-user';
import { session } from './session.svelte';
import { SessionError } from './session-error';

/**
 * Signs in and opens the person's working set, including unsent work that they left on this device.
 * @throws SessionError with a sentence for the person
 */
export async function signIn(email: string, password: string): Promise<void> {
  const { signInWithPassword } = await import('$lib/remote/auth');
  await enter(await signInWithPassword(email.trim(), password));
}

/**
 * Creates an account from an invitation and signs in.
 * @throws SessionError with a sentence for the person
 */
export async function acceptInvitation(request: {
  code: string;
  full_name: string;
  email: string;
  password: string;
}): Promise<void> {
  const { signUp } = await import('$lib/remote/auth');
  await enter(
    await signUp({
      code: request.code.trim(),
      full_name: request.full_name.trim(),
      email: request.email.trim(),
      password: request.password,
    }),
  );
}

async function enter(reply: AuthReply): Promise<void> {
  if (!reply.ok) throw new SessionError(reply.kind);
  session.close();
  writeDeviceUser(reply.user);
  await session.open();
  await recordEvent(currentStore(), {
    action: 'sign_in',
    entity_type: 'members',
    entity_id: reply.user.user_id,
  });
}
