import { randomUUID } from 'node:crypto';
import { askApi, field, finding, type Check, type Finding } from './target.ts';

/** Checks that nobody gets in without an invitation, with an address that belongs to nobody. */
export const checkSignUp: Check = async (target) => {
  const email = `doctor-${randomUUID()}@example.com`;
  const answer = await askApi(target, '/auth/v1/signup', { body: { email, password: randomUUID() } });
  if (!answer) return [];
  if (answer.status < 300) {
    return [
      finding(
        'sign-up-open',
        `Anyone can create an account: ${email} now has one. Remove it.`,
        'The trigger admit_user on auth.users is missing, or first_signup_becomes_admin is on: deploy, and check private.settings.',
      ),
    ];
  }
  if (/signup_disabled|email_provider_disabled|not allowed for this instance/i.test(answer.text)) {
    return [
      finding(
        'sign-up-off',
        'Sign-up is off, so invited people cannot get in either.',
        'Turn it on: nobody can sign up without an invitation.',
      ),
    ];
  }
  return [];
};

/** Checks that email and password are the only way to sign in, and that they are enough. */
export const checkProviders: Check = async (target) => {
  const { json } = (await askApi(target, '/auth/v1/settings')) ?? {};
  const external = (field(json, 'external') ?? {}) as Record<string, unknown>;
  const findings: Finding[] = [];
  if (external.anonymous_users === true) {
    findings.push(
      finding('anonymous-sign-in', 'Anonymous sign-in is on.', 'Turn it off (enable_anonymous_sign_ins).'),
    );
  }
  // On a new project it is on.
  if (field(json, 'mailer_autoconfirm') === false) {
    findings.push(
      finding(
        'confirm-email-on',
        'Whoever accepts an invitation has to confirm their email first, and on a project without its own SMTP server that email does not arrive.',
        'Turn "Confirm email" off (enable_confirmations): an invitation works only for its own address.',
      ),
    );
  }
  const others = Object.keys(external).filter(
    (name) => external[name] === true && !['email', 'anonymous_users'].includes(name),
  );
  if (others.length > 0) {
    findings.push(
      finding(
        'foreign-sign-in',
        `People can also sign in with ${others.join(', ')}.`,
        'Turn these providers off.',
      ),
    );
  }
  return findings;
};

/** Checks that the app of this checkout and the server speak the same protocol. Needs a member. */
export const checkProtocol: Check = async (target) => {
  if (!target.member) return [];
  const session = await askApi(target, '/auth/v1/token?grant_type=password', { body: target.member });
  const token = field(session?.json, 'access_token');
  if (typeof token !== 'string') {
    return [
      finding(
        'cannot-sign-in',
        `${target.member.email} cannot sign in (${session?.status ?? 'no answer'}).`,
        'Set the email and password of a member.',
      ),
    ];
  }
  const request = { protocol: target.protocol, client_id: randomUUID(), cursor: null, page: null, limit: 1 };
  const answer = await askApi(target, '/rest/v1/rpc/sync_pull', { body: { request }, token });
  if (field(answer?.json, 'code') !== 'client_outdated') return [];
  return [
    finding(
      'protocol-mismatch',
      `The server does not speak protocol ${target.protocol} of this app.`,
      'Deploy the app and the database from the same version.',
    ),
  ];
};
