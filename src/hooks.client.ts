import type { ClientInit } from '@sveltejs/kit';
import { readDeviceUser } from '$lib/features/session/device-user';
import { connectEarly } from '$lib/store/database-name';

export const init: ClientInit = async () => {
  const user = readDeviceUser();
  if (user) connectEarly(user.user_id);
  // The scripts were run in one task; what comes now is another.
  await new Promise((resolve) => setTimeout(resolve));
};
