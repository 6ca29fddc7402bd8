import { PutAwayError, pageLife } from '$lib/lifecycle/page-life';

/**
 * A signal for one request to the server. It ends the request after `longest` milliseconds, and when the browser puts
 * the page away: nothing of a page that is away waits for an answer.
 */
export function callSignal(longest: number): AbortSignal {
  const call = new AbortController();
  const end = (why: Error) => {
    clearTimeout(timer);
    stopFollowing();
    call.abort(why);
  };
  const timer = setTimeout(() => end(new DOMException('Nothing answered.', 'TimeoutError')), longest);
  const stopFollowing = pageLife.onPutAway(() => end(new PutAwayError()));
  return call.signal;
}
