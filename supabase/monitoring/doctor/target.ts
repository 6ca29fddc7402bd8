/** A deployed system and how the doctor reaches it. */
export interface Target {
  app: URL;
  api: URL;
  /** The publishable key, which the app contains. */
  key: string;
  fetch: typeof fetch;
  /** The version in `/_app/version.json` of this checkout's build; null if there is no build to compare with. */
  expectedBuild: string | null;
  /** A member who signs in for the checks that need one; null skips those checks. */
  member: { email: string; password: string } | null;
  /** The protocol that this checkout's app speaks. */
  protocol: number;
}

/** A problem and its remedy. */
export interface Finding {
  /** A stable name, such as `schema-exposed`. */
  code: string;
  problem: string;
  remedy: string;
}

export const finding = (code: string, problem: string, remedy: string): Finding => ({
  code,
  problem,
  remedy,
});

/** A check of a target; an empty list means that all is well. */
export type Check = (target: Target) => Promise<Finding[]>;

/** An answer whose body has been read completely. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined if it is not JSON. */
  json: unknown;
}

/** Requests an address without following redirects; null if nobody answers within ten seconds. */
export async function ask(target: Target, address: URL, init: RequestInit = {}): Promise<Answer | null> {
  try {
    const response = await target.fetch(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      ...init,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  } catch {
    return null;
  }
}

/** Sends a request to the project with the publishable key; a body makes it a POST. */
export function askApi(
  target: Target,
  path: string,
  { body, headers = {}, token }: { body?: unknown; headers?: Record<string, string>; token?: string } = {},
): Promise<Answer | null> {
  return ask(target, new URL(path, target.api), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      apikey: target.key,
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A field of a JSON answer, or undefined. */
export const field = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
