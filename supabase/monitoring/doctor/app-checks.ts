import { ask, field, finding, type Check, type Finding } from './target.ts';

const HEADERS_FILE = 'Serve the headers of static/_headers (Netlify, Cloudflare Pages) or vercel.json.';

const isLocal = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

/** Checks that the app is served over https only, and that http redirects to it. */
export const checkTransport: Check = async (target) => {
  const findings: Finding[] = [];
  for (const url of [target.app, target.api]) {
    if (url.protocol !== 'https:' && !isLocal(url)) {
      findings.push(finding('no-https', `${url.origin} does not use https.`, 'Serve it over https only.'));
    }
  }
  if (target.app.protocol !== 'https:') return findings;
  const plain = new URL(target.app);
  plain.protocol = 'http:';
  const answer = await ask(target, plain);
  const location = answer?.headers.get('location') ?? '';
  // A host that does not answer over http at all is fine too.
  if (answer && !(answer.status >= 300 && answer.status < 400 && location.startsWith('https://'))) {
    findings.push(
      finding(
        'no-redirect',
        `${plain.origin} answers over http without redirecting to https.`,
        'Turn on "force https".',
      ),
    );
  }
  return findings;
};

const WANTED_HEADERS: [name: string, holds: RegExp][] = [
  ['strict-transport-security', /max-age=\d{7,}/],
  ['x-content-type-options', /nosniff/],
  ['x-frame-options', /deny/i],
  ['referrer-policy', /same-origin|no-referrer/],
  ['permissions-policy', /geolocation=\(\)/],
];

/** Checks that every address returns the page, with its security headers and never cached. */
export const checkPage: Check = async (target) => {
  const page = await ask(target, new URL('/', target.app));
  if (page?.status !== 200) {
    return [
      finding(
        'app-unreachable',
        `${target.app.origin} answers ${page?.status ?? 'nothing'}.`,
        'Check the app’s host.',
      ),
    ];
  }
  const findings = WANTED_HEADERS.filter(
    ([name]) => !(isLocal(target.app) && name === 'strict-transport-security'),
  )
    .filter(([name, holds]) => !holds.test(page.headers.get(name) ?? ''))
    .map(([name]) => finding('header-missing', `The page lacks the header ${name}.`, HEADERS_FILE));
  if (isCached(page.headers)) {
    findings.push(
      finding('page-cached', 'Caches may keep the page, so updates reach people late.', HEADERS_FILE),
    );
  }
  const deep = await ask(target, new URL('/contacts/00000000-0000-7000-8000-000000000000', target.app));
  if (deep?.status !== 200 || !deep.text.includes('<html')) {
    findings.push(
      finding(
        'deep-link-broken',
        'A record’s address does not open the app.',
        'Serve /200.html for every address (static/_redirects).',
      ),
    );
  }
  return findings;
};

/** Checks that the service worker exists and is never cached. */
export const checkServiceWorker: Check = async (target) => {
  const worker = await ask(target, new URL('/service-worker.js', target.app));
  if (worker?.status !== 200 || !/javascript/.test(worker.headers.get('content-type') ?? '')) {
    return [
      finding(
        'service-worker-missing',
        'There is no service worker, so nothing works offline.',
        'Deploy all of build/.',
      ),
    ];
  }
  if (!isCached(worker.headers)) return [];
  return [
    finding(
      'service-worker-cached',
      'Caches may keep the service worker, so devices stay on an old version.',
      HEADERS_FILE,
    ),
  ];
};

function isCached(headers: Headers): boolean {
  const control = headers.get('cache-control') ?? '';
  if (/no-store|no-cache/.test(control)) return false;
  return Number(/max-age=(\d+)/.exec(control)?.[1] ?? 1) > 0;
}

/** Checks that the deployed build is the build of this checkout. */
export const checkBuild: Check = async (target) => {
  if (target.expectedBuild === null) return [];
  const answer = await ask(target, new URL('/_app/version.json', target.app));
  const version = field(answer?.json, 'version');
  if (version === target.expectedBuild) return [];
  return [
    finding(
      'other-build',
      `The deployed app is build ${String(version)}, and this checkout's is ${target.expectedBuild}.`,
      'Deploy build/.',
    ),
  ];
};
