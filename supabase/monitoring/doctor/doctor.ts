import { checkBuild, checkPage, checkServiceWorker, checkTransport } from './app-checks.ts';
import { checkAnonymous, checkHealth, checkKeys, checkSchemas, checkServices } from './api-checks.ts';
import { checkProtocol, checkProviders, checkSignUp } from './auth-checks.ts';
import { checkPolicy } from './policy-check.ts';
import type { Finding, Target } from './target.ts';

const APP_CHECKS = [checkPolicy, checkServiceWorker, checkBuild];
const API_CHECKS = [checkSchemas, checkAnonymous, checkServices, checkSignUp, checkProviders, checkProtocol];

/**
 * Examines a deployed system from outside. Returns each problem with its remedy; an empty list means that all is well.
 */
export async function examine(target: Target): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of [checkKeys, checkTransport]) findings.push(...(await check(target)));
  const page = await checkPage(target);
  findings.push(...page);
  // If nobody serves the page, the other checks of the app have nothing to look at.
  if (!page.some(({ code }) => code === 'app-unreachable')) {
    for (const check of APP_CHECKS) findings.push(...(await check(target)));
  }
  const health = await checkHealth(target);
  findings.push(...health);
  // If the public health check does not answer, the other checks of the API cannot work.
  if (health.some(({ code }) => code === 'api-unreachable')) return findings;
  for (const check of API_CHECKS) findings.push(...(await check(target)));
  return findings;
}
