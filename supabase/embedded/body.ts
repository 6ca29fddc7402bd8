/** Bytes that a request may bring: the 2 MB of a push, and as much again for how it is written. */
const MOST_BYTES = 4_000_000;

const TOO_LARGE = {
  code: 'too_large',
  message: `A request brings at most ${MOST_BYTES / 1_000_000} MB.`,
  details: null,
  hint: null,
};

/**
 * Reads the body of a request, as the edge of a hosted project does before anything looks at it.
 *
 * @returns the bytes; null where there is no body; or the answer to one that is too large, which is read to its end
 *   without being kept, because a client that is still sending would miss the answer
 * @throws where the client breaks off
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
