import type { ClientInit } from '@sveltejs/kit';
import { readDeviceUser } from '$lib/features/session/device-user';
import { connectEarly } from '$lib/store/database-name';

export const init: ClientInit = () => {
  const user = readDeviceUser();
  if (user) connectEarly(user.user_id);
};
