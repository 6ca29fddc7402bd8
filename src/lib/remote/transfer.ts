import { PutAwayError, pageLife } from '$lib/lifecycle/page-life';

/** A body of this many characters takes several seconds on a slow line, so its upload is watched. */
const longBody = 8_000;

/**
 * Characters per millisecond on the slowest line that we wait for. The operating system takes a body from the browser
 * long before the line has carried it, and meanwhile nothing seems to move.
 */
const slowest = 8;

/**
 * Like `fetch`, but limits the time without progress instead of the whole time: a slow transfer may continue, and a dead
 * one is ended. It also ends when the browser puts the page away.
 * @param longest how long nothing may move, milliseconds
 * @throws DOMException `TimeoutError` if nothing moved, PutAwayError, TypeError if nothing answers
 */
export async function transfer(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  longest: number,
): Promise<Response> {
  init?.signal?.throwIfAborted();
  const { body } = init ?? {};
  const isLong = typeof body === 'string' && body.length >= longBody;
  // Only XMLHttpRequest reports the progress of an upload, and it exists only in pages.
  return isLong && typeof XMLHttpRequest === 'function'
    ? send(String(input), { ...init, body }, longest)
    : ask(input, init, longest);
}

/** Calls `stop` when nothing moved for `longest` milliseconds, the page is put away, or `signal` aborts. */
class Watch {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stopFollowing: () => void;
  readonly #cut = () => this.#end(this.signal?.reason as Error);

  constructor(
    private readonly longest: number,
    private readonly signal: AbortSignal | null | undefined,
    private readonly stop: (why: Error) => void,
  ) {
    this.#stopFollowing = pageLife.onPutAway(() => this.#end(new PutAwayError()));
    signal?.addEventListener('abort', this.#cut);
    this.moved();
  }

  moved = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#end(new DOMException('Nothing moved on the line.', 'TimeoutError')),
      this.longest,
    );
  };

  over = (): void => {
    clearTimeout(this.#timer);
    this.#stopFollowing();
    this.signal?.removeEventListener('abort', this.#cut);
  };

  #end(why: Error): void {
    this.over();
    this.stop(why);
  }
}

async function ask(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  longest: number,
): Promise<Response> {
  const call = new AbortController();
  const watch = new Watch(longest, init?.signal, (why) => call.abort(why));
  let reply: Response;
  try {
    reply = await fetch(input, { ...init, signal: call.signal });
  } catch (cause) {
    watch.over();
    throw cause;
  }
  watch.moved();
  if (!reply.body) {
    watch.over();
    return reply;
  }
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      watch.moved();
      controller.enqueue(chunk);
    },
    flush: watch.over,
  });
  const { status, statusText, headers } = reply;
  return new Response(reply.body.pipeThrough(watched), { status, statusText, headers });
}

function send(url: string, init: RequestInit & { body: string }, longest: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const watch = new Watch(longest + init.body.length / slowest, init.signal, (why) => {
      reject(why);
      request.abort();
    });
    request.open(init.method ?? 'POST', url);
    new Headers(init.headers).forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = watch.moved;
    request.onprogress = watch.moved;
    request.onreadystatechange = watch.moved;
    request.onloadend = watch.over;
    request.onerror = () => reject(new TypeError('Nothing answered.'));
    request.onload = () => resolve(responseOf(request));
    request.send(init.body);
  });
}

/** Statuses that may have no body by the fetch standard. */
const bodiless = [204, 205, 304];

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const { status, statusText } = request;
  return new Response(bodiless.includes(status) ? null : request.responseText, {
    status,
    statusText,
    headers,
  });
}
