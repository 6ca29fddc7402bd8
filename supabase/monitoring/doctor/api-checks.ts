import { askApi, field, finding, type Answer, type Check, type Finding } from './target.ts';

const CONFIG = 'Push supabase/config.toml to the project: npx supabase config push.';

/** Checks that the project answers and reports good health. */
export const checkHealth: Check = async (target) => {
  const answer = await askApi(target, `/rest/v1/rpc/health?apikey=${encodeURIComponent(target.key)}`);
  if (answer?.json === 'crm-ok') return [];
  if (answer?.json === 'crm-stale') {
    return [
      finding(
        'health-stale',
        'The nightly retention has not run, or the log holds entries that are too old.',
        'Turn on pg_cron, and run: select private.enforce_retention();',
      ),
    ];
  }
  if (answer && isOtherSchemaFirst(answer)) {
    return [
      finding(
        'config-not-pushed',
        'The project answers, but it does not expose the schema api, or not as its first one.',
        CONFIG,
      ),
    ];
  }
  const said = answer ? `${answer.status} ${answer.text.slice(0, 200)}` : 'nothing';
  return [
    finding(
      'api-unreachable',
      `The health check answers ${said}.`,
      'Check that the key is right, the project is awake and the schema is deployed.',
    ),
  ];
};

/**
 * Whether PostgREST looked for the health check elsewhere than in schema `api`, as on a project that keeps its own
 * settings.
 */
const isOtherSchemaFirst = ({ json }: Answer): boolean =>
  field(json, 'code') === 'PGRST106' ||
  (field(json, 'code') === 'PGRST202' && !String(field(json, 'message')).includes('api.health'));

const HIDDEN = ['public', 'private', 'auth', 'graphql_public', 'storage'];

/**
 * Checks that `api` is the only exposed schema. A table that answers "permission denied" is exposed too: one grant
 * would open it.
 */
export const checkSchemas: Check = async (target) => {
  const findings: Finding[] = [];
  for (const schema of HIDDEN) {
    const answer = await askApi(target, '/rest/v1/members?select=id&limit=1', {
      headers: { 'accept-profile': schema },
    });
    const code = field(answer?.json, 'code');
    const isHidden = !answer || answer.status === 406 || answer.status === 404 || code === 'PGRST106';
    // An answer about its tables shows that the schema is exposed.
    const isExposed = !isHidden && (answer.status === 200 || code === '42501' || code === 'PGRST205');
    if (isExposed)
      findings.push(finding('schema-exposed', `The schema ${schema} is exposed over HTTP.`, CONFIG));
  }
  return findings;
};

const MEMBERS_ONLY = ['sync_push', 'sync_pull', 'digest', 'activity_log', 'invite'];

/** Checks that people who have not signed in can call only the health check. */
export const checkAnonymous: Check = async (target) => {
  const open: string[] = [];
  for (const name of MEMBERS_ONLY) {
    const answer = await askApi(target, `/rest/v1/rpc/${name}`, { body: { request: {} } });
    const refused = `permission denied for function ${name}`;
    const isDenied = field(answer?.json, 'code') === '42501';
    // If something inside the function denied access, the function itself let them in.
    const isClosed = isDenied
      ? String(field(answer?.json, 'message')).includes(refused)
      : !answer || answer.status === 401 || answer.status === 404;
    if (!isClosed) open.push(name);
  }
  if (open.length === 0) return [];
  return [
    finding(
      'anon-may-call',
      `Anyone can call without signing in: ${open.map((name) => `api.${name}`).join(', ')}.`,
      `revoke execute on function … from public, anon;`,
    ),
  ];
};

/** Checks that GraphQL, realtime and storage, which this product does not use, are off. */
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
        'Realtime accepts connections.',
        'Turn off the Realtime service in the project’s settings.',
      ),
    );
  }
  const buckets = await askApi(target, '/storage/v1/bucket');
  if (Array.isArray(buckets?.json) && buckets.json.length > 0) {
    findings.push(
      finding(
        'storage-open',
        'Storage lists its buckets to everyone.',
        'Remove the buckets: the app stores no files.',
      ),
    );
  }
  return findings;
};

/** Checks that the keys are safe to publish. */
export const checkKeys: Check = async (target) => {
  const role = target.key.split('.')[1];
  const claims = role ? Buffer.from(role, 'base64url').toString() : '';
  if (!target.key.startsWith('sb_secret_') && !claims.includes('service_role')) return [];
  return [
    finding(
      'secret-key',
      'This is a secret key. If the app contains it, everyone has it.',
      'Replace it with a new one, and build with the publishable key.',
    ),
  ];
};
