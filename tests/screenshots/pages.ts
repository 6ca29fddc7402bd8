/** The pages by their address; `*` stands for the first record of its list. */
const lists = ['contacts', 'companies', 'deals'];

export const pages = [
  '/',
  ...lists.flatMap((list) => [`/${list}`, `/${list}/*`]),
  '/deals?view=list',
  '/tasks',
  '/activity',
  '/sync',
  '/import',
  '/reports',
  '/settings',
  '/help',
  '/help/offline',
  '/share?title=Harbour+Grill&text=Ana+Ruiz%0AChef%0Aana%40example.com%0A%2B1+360+555+0148',
  '/contacts?new=contact',
  '/companies?new=company',
  '/deals?new=deal',
  '/tasks?new=task',
  '/nowhere',
];

/** The pages that need no account. */
export const openPages = ['/login', '/login?left=deactivated', '/login/invitation', '/login/reset'];

/** The file name of a page's screenshot. */
export const fileName = (path: string): string =>
  path
    .slice(0, path.includes('?title') ? path.indexOf('?') : undefined)
    .replaceAll(/[/?=]/g, '_')
    .replace('*', 'record');
