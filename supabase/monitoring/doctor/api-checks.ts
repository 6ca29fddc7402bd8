import { askApi, field, finding, type Check, type Finding } from './target.ts';

const CONFIG = 'Bring supabase/config.toml to the project: npx supabase config push.';

/** The project answers, and says that it is well. */
export const checkHealth: Check = async (target) => {
  const answer = await askApi(target, `/rest/v1/rpc/health?apikey=${encodeURIComponent(target.key)}`);
  if (answer?.json === 'crm-ok') return [];
  if (answer?.json === 'crm-stale') {
    return [
      finding(
        'health-stale',
        'The nightly retention has not run, or the log holds entries that are too old.',
        'Switch on pg_cron, and run: select private.enforce_retention();',
      ),
    ];
  }
  const said = answer ? `${answer.status} ${answer.text.slice(0, 200)}` : 'nothing';
  return [
    finding(
      'api-unreachable',
      `The health check answers ${said}.`,
      'Is the key right, the project awake, the schema deployed?',
    ),
  ];
};

const HIDDEN = ['public', 'private', 'auth', 'graphql_public', 'storage'];

/** No schema but `api` is exposed. A table that answers "permission denied" is exposed too: only a grant away from open. */
export const checkSchemas: Check = async (target) => {
  const findings: Finding[] = [];
  for (const schema of HIDDEN) {
    const answer = await askApi(target, '/rest/v1/members?select=id&limit=1', {
      headers: { 'accept-profile': schema },
    });
    const code = field(answer?.json, 'code');
    const isHidden = !answer || answer.status === 406 || answer.status === 404 || code === 'PGRST106';
    // Another schema is exposed where the answer is about its tables.
    const isExposed = !isHidden && (answer.status === 200 || code === '42501' || code === 'PGRST205');
    if (isExposed)
      findings.push(finding('schema-exposed', `The schema ${schema} is exposed over HTTP.`, CONFIG));
  }
  return findings;
};

const MEMBERS_ONLY = ['sync_push', 'sync_pull', 'digest', 'activity_log', 'invite'];

/** Whoever has not signed in may call nothing but the health. */
export const checkAnonymous: Check = async (target) => {
  const open: string[] = [];
  for (const name of MEMBERS_ONLY) {
    const answer = await askApi(target, `/rest/v1/rpc/${name}`, { body: { request: {} } });
    const refused = `permission denied for function ${name}`;
    const isDenied = field(answer?.json, 'code') === '42501';
    // Denied by something inside, the function itself has let them in.
    const isClosed = isDenied
      ? String(field(answer?.json, 'message')).includes(refused)
      : !answer || answer.status === 401 || answer.status === 404;
    if (!isClosed) open.push(name);
  }
  if (open.length === 0) return [];
  return [
    finding(
      'anon-may-call',
      `Without signing in one may call ${open.map((name) => `api.${name}`).join(', ')}.`,
      `revoke execute on function … from public, anon;`,
    ),
  ];
};

/** GraphQL, realtime and storage are not part of this product. */
export const checkServices: Check = async (target) => {
  const findings: Finding[] = [];
  const graphql = await askApi(target, '/graphql/v1', { body: { query: '{ __typename }' } });
  if (field(graphql?.json, 'data')) {
    findings.push(finding('graphql-on', 'GraphQL answers.', 'drop extension if exists pg_graphql;'));
  }
  const realtime = await askApi(
    target,
    `/realtime/v1/websocket?apikey=${encodeURIComponent(target.key)}&vsn=1.0.0`,
  );
  if (realtime && [101, 200, 400, 426].includes(realtime.status) && !/<html/i.test(realtime.text)) {
    findings.push(
      finding(
        'realtime-on',
        'Realtime takes connections.',
        'Switch the Realtime service off in the project’s settings.',
      ),
    );
  }
  const buckets = await askApi(target, '/storage/v1/bucket');
  if (Array.isArray(buckets?.json) && buckets.json.length > 0) {
    findings.push(
      finding(
        'storage-open',
        'Storage lists buckets to everybody.',
        'Remove the buckets: the app stores no files.',
      ),
    );
  }
  return findings;
};

/** The keys are the ones that may be public. */
export const checkKeys: Check = async (target) => {
  const role = target.key.split('.')[1];
  const claims = role ? Buffer.from(role, 'base64url').toString() : '';
  if (!target.key.startsWith('sb_secret_') && !claims.includes('service_role')) return [];
  return [
    finding(
      'secret-key',
      'The key given is a secret one. If the app carries it, everybody has it.',
      'Make a new one, and build with the publishable key.',
    ),
  ];
};
