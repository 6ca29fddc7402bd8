/** The limit for the body of a request, in bytes: the 2 MB of a push, and as much again for its encoding. */
const MOST_BYTES = 4_000_000;

const TOO_LARGE = {
  code: 'too_large',
  message: `A request may contain at most ${MOST_BYTES / 1_000_000} MB.`,
  details: null,
  hint: null,
};

/**
 * Reads the body of a request, as the edge of a hosted project does before it looks at anything.
 *
 * @returns the bytes; null if there is no body; or the answer to a body that is too large. Such a body is read to its
 * end and discarded, because a client that is still sending would miss the answer
 * @throws if the client disconnects
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | Response | null> {
  if (!request.body) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    length += chunk.length;
    if (length <= MOST_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > MOST_BYTES ? Response.json(TOO_LARGE, { status: 413 }) : Buffer.concat(chunks);
}
