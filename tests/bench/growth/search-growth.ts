import type { Row } from '../../../src/lib/entities/registry';
import { entryOf } from '../../../src/lib/shell/search/entry';
import { SearchIndex } from '../../../src/lib/shell/search/search-index';
import { Calendar } from '../../../supabase/embedded/seed/calendar';
import { makeCompanies } from '../../../supabase/embedded/seed/companies';
import { makeContacts } from '../../../supabase/embedded/seed/contacts';
import { Random } from '../../../supabase/embedded/seed/random';
import { quantile } from '../report/figures';
import type { Costs } from './server-growth';

const typed = ['margaret', 'hotel berlin', 'executive chef', 'garcia', '4921', 'moraeu', 'kathrine jonson'];
const companiesCount = 80;
const rounds = 5;

/**
 * Milliseconds per key typed into the search, median and 95th percentile, as the records grow: for existing words,
 * numbers and typos.
 */
export function bySearched(sizes: readonly number[]): Costs {
  const costs = { search: [] as number[], 'search, p95': [] as number[] };
  for (const size of sizes) {
    const index = indexOf(size);
    index.warm();
    const times: number[] = [];
    for (let round = 0; round < rounds; round++)
      for (const word of typed)
        for (let end = 1; end <= word.length; end++) {
          const begun = performance.now();
          index.find(word.slice(0, end));
          times.push(performance.now() - begun);
        }
    costs.search.push(quantile(times, 0.5));
    costs['search, p95'].push(quantile(times, 0.95));
  }
  return costs;
}

function indexOf(size: number): SearchIndex {
  const random = new Random(7);
  const calendar = new Calendar(new Date());
  const companies = makeCompanies(random, calendar, companiesCount);
  const names = new Map(companies.map(({ id, name }) => [id, name]));
  const contacts = makeContacts(random, calendar, companies, size) as unknown as Row<'contacts'>[];
  return new SearchIndex(contacts.map((row) => entryOf.contacts(row, names.get(row.company_id ?? '') ?? '')));
}
