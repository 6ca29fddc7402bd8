import { expect, test } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { visits } from '$lib/features/visits/visits';
import { loggedEntities } from './words';

test('the log can be filtered by everything that is logged: each entity, and what each page shows', () => {
  const shown = Object.values(visits).map(({ entity_type }) => entity_type);
  expect([...loggedEntities].sort()).toEqual([...new Set([...entityNames, ...shown, 'invitations'])].sort());
});
