import type { GuidePage } from './blocks';

/** The order in which the guide is read. */
const order = [
  'start',
  'contacts',
  'deals',
  'tasks-and-notes',
  'offline',
  'conflicts',
  'import-and-export',
  'team',
  'keyboard',
];

const files = import.meta.glob<GuidePage>('../../../../docs/guide/*.md', { eager: true, import: 'default' });

/** The pages of the guide, in their order, by the name they have in an address. */
export const guidePages: readonly { slug: string; page: GuidePage }[] = order.flatMap((slug) => {
  const page = files[`../../../../docs/guide/${slug}.md`];
  return page ? [{ slug, page }] : [];
});
