import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';

const UNREACHABLE = JSON.stringify({
  code: 'backend_unreachable',
  message: 'The backend is not running.',
  details: null,
  hint: 'Start it with: npm run backend',
});

/**
 * Passes a request to the backend on a local port, and its answer back. Answers 503 with a JSON error while nothing
 * listens there, and closes the connection if the backend dies in the middle of an answer.
 */
export function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const onward = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(503, { 'content-type': 'application/json' }).end(UNREACHABLE);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
