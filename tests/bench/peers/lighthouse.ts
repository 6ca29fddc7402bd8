import lighthouse from 'lighthouse';
import type { Scores } from '../app/scores';

/**
 * Lighthouse's scores of a page on its simulated phone. Uses the browser behind a debugging port and the account that
 * is signed in there.
 */
export async function audit(url: string, port: number, categories: string[]): Promise<Scores> {
  const run = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: categories,
    disableStorageReset: true,
    formFactor: 'mobile',
  });
  if (!run) throw new Error(`Lighthouse returned no result for ${url}.`);
  const { lhr } = run;
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const scores = Object.fromEntries(
    Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  );
  const refs = Object.entries(lhr.categories).flatMap(([name, { auditRefs }]) =>
    auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => [name, id] as const),
  );
  const problems = refs.flatMap(([name, id]) => {
    const { score, title, displayValue, scoreDisplayMode } = lhr.audits[id] ?? {};
    if (score === null || score === undefined || score >= 0.9 || scoreDisplayMode === 'informative')
      return [];
    return [`${name}: ${title}${displayValue ? ` (${displayValue})` : ''}`];
  });
  return { categories: scores, problems };
}
