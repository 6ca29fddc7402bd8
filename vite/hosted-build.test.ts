import { expect, test } from 'vitest';
import { missingProject } from './hosted-build';

const project = { PUBLIC_SUPABASE_URL: 'https://crm.example.com', PUBLIC_SUPABASE_KEY: 'sb_publishable_1' };

test.each([{ VERCEL: '1' }, { NETLIFY: 'true' }, { CF_PAGES: '1' }])(
  'a build on a static host without a project stops with a sentence: %o',
  (host) => {
    expect(missingProject(host)).toMatch(/PUBLIC_SUPABASE_URL and PUBLIC_SUPABASE_KEY are not set/);
    expect(missingProject({ ...host, ...project, PUBLIC_SUPABASE_KEY: '' })).toMatch(/_KEY is not set/);
    expect(missingProject({ ...host, ...project })).toBeUndefined();
  },
);

test.each([{}, { CI: 'true' }])('a build for the embedded Supabase needs no project: %o', (machine) => {
  expect(missingProject(machine)).toBeUndefined();
});
