import { randomUUID } from 'node:crypto';
import { askApi, field, finding, type Check, type Finding } from './target.ts';

/** Nobody gets in without an invitation. Tries it with an address that nobody has. */
export const checkSignUp: Check = async (target) => {
  const email = `doctor-${randomUUID()}@example.com`;
  const answer = await askApi(target, '/auth/v1/signup', { body: { email, password: randomUUID() } });
  if (!answer) return [];
  if (answer.status < 300) {
    return [
      finding(
        'sign-up-open',
        `Anybody can make an account: ${email} now has one. Remove it.`,
        'The trigger admit_user on auth.users is missing, or first_signup_becomes_admin is on: deploy, and look at private.settings.',
      ),
    ];
  }
  if (/signup_disabled|email_provider_disabled|not allowed for this instance/i.test(answer.text)) {
    return [
      finding(
        'sign-up-off',
        'Sign-up is off, so that invited people cannot get in either.',
        'Switch it on: invitations guard it.',
      ),
    ];
  }
  return [];
};

/** The only way in is e-mail and password. */
export const checkProviders: Check = async (target) => {
  const { json } = (await askApi(target, '/auth/v1/settings')) ?? {};
  const external = (field(json, 'external') ?? {}) as Record<string, unknown>;
  const findings: Finding[] = [];
  if (external.anonymous_users === true) {
    findings.push(
      finding('anonymous-sign-in', 'Anonymous sign-in is on.', 'Switch it off (enable_anonymous_sign_ins).'),
    );
  }
  const others = Object.keys(external).filter(
    (name) => external[name] === true && !['email', 'anonymous_users'].includes(name),
  );
  if (others.length > 0) {
    findings.push(
      finding('foreign-sign-in', `One can sign in by ${others.join(', ')}.`, 'Switch these providers off.'),
    );
  }
  return findings;
};

/** The app of this checkout and the server speak the same protocol. Needs a member. */
export const checkProtocol: Check = async (target) => {
  if (!target.member) return [];
  const session = await askApi(target, '/auth/v1/token?grant_type=password', { body: target.member });
  const token = field(session?.json, 'access_token');
  if (typeof token !== 'string') {
    return [
      finding(
        'cannot-sign-in',
        `${target.member.email} cannot sign in (${session?.status ?? 'no answer'}).`,
        'Give a member’s address and password.',
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
      'Deploy the app and the database of one version.',
    ),
  ];
};
