import { ask, finding, type Check, type Finding } from './target.ts';

/** Splits a content security policy into its directives. */
function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .filter(([name]) => name)
      .map(([name = '', ...values]) => [name.toLowerCase(), values]),
  );
}

/** Checks that the content security policy runs only the app's own scripts and lets the app reach only its project. */
export const checkPolicy: Check = async (target) => {
  const page = await ask(target, new URL('/', target.app));
  if (!page) return [];
  const meta = /<meta[^>]+http-equiv="content-security-policy"[^>]+content="([^"]+)"/i.exec(page.text)?.[1];
  const header = page.headers.get('content-security-policy') ?? undefined;
  const policies = [meta, header].filter((policy) => policy !== undefined).map(directives);
  const sources = (name: string) =>
    policies
      .map((policy) => policy.get(name) ?? policy.get('default-src'))
      .filter((values) => values !== undefined);
  const findings: Finding[] = [];

  const scripts = sources('script-src');
  if (scripts.length === 0) {
    return [
      finding(
        'policy-missing',
        'The page has no content security policy for scripts.',
        'Deploy build/ unchanged; the policy is in the page.',
      ),
    ];
  }
  const isWeak = scripts.every((values) =>
    values.some(
      (value) =>
        ["'unsafe-eval'", '*', 'https:', 'http:', 'data:'].includes(value) ||
        (value === "'unsafe-inline'" && !values.some((other) => other.startsWith("'sha256-"))),
    ),
  );
  if (isWeak)
    findings.push(
      finding(
        'policy-weak',
        'The content security policy allows scripts from other sites.',
        'Remove what the host adds to it.',
      ),
    );

  const connections = sources('connect-src');
  const mayReach = (values: string[]) =>
    values.includes(target.api.origin) ||
    (values.includes("'self'") && target.api.origin === target.app.origin) ||
    values.includes('*');
  if (!connections.every(mayReach)) {
    findings.push(
      finding(
        'policy-blocks-api',
        `The content security policy blocks the app from ${target.api.origin}.`,
        'Build with PUBLIC_SUPABASE_URL set to it.',
      ),
    );
  }
  if (connections.some((values) => values.includes('*'))) {
    findings.push(
      finding(
        'policy-weak',
        'The content security policy lets data go anywhere.',
        'Remove what the host adds to it.',
      ),
    );
  }
  return findings;
};
