import { checkBuild, checkPage, checkServiceWorker, checkTransport } from './app-checks.ts';
import { checkAnonymous, checkHealth, checkKeys, checkSchemas, checkServices } from './api-checks.ts';
import { checkProtocol, checkProviders, checkSignUp } from './auth-checks.ts';
import { checkPolicy } from './policy-check.ts';
import type { Finding, Target } from './target.ts';

const APP_CHECKS = [checkPolicy, checkServiceWorker, checkBuild];
const API_CHECKS = [checkSchemas, checkAnonymous, checkServices, checkSignUp, checkProviders, checkProtocol];

/** Looks at a deployed system from outside and says what is wrong with it, and what to do; an empty list: nothing. */
export async function examine(target: Target): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of [checkKeys, checkTransport]) findings.push(...(await check(target)));
  const page = await checkPage(target);
  findings.push(...page);
  // Of a page that nobody serves there is nothing else to say.
  if (!page.some(({ code }) => code === 'app-unreachable')) {
    for (const check of APP_CHECKS) findings.push(...(await check(target)));
  }
  const health = await checkHealth(target);
  findings.push(...health);
  // Whoever does not answer the one open question cannot be asked the others.
  if (health.some(({ code }) => code === 'api-unreachable')) return findings;
  for (const check of API_CHECKS) findings.push(...(await check(target)));
  return findings;
}
