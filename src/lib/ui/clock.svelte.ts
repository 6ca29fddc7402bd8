import { createSubscriber } from 'svelte/reactivity';

const minute = 60_000;
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, minute / 2);
  document.addEventListener('visibilitychange', update);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', update);
  };
});

/** The time now; what reads it in a template is refreshed twice a minute and on return to the app. */
export const clock = {
  get now(): Date {
    subscribe();
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each reading is a new one, never changed
    return new Date();
  },
};
