// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { LostFiles } from './lost-files';

beforeEach(() => (document.head.innerHTML = ''));

function page() {
  const asked: string[] = [];
  const line = { up: false };
  const files = new LostFiles(window, async (url) => {
    asked.push(url.split('/').at(-1) ?? '');
    return line.up;
  });
  /** A file that the head names and that fails to load. */
  const lose = (rel: string, name: string) => {
    const link = Object.assign(document.createElement('link'), { rel, href: `/${name}` });
    document.head.append(link);
    link.dispatchEvent(new Event('error'));
    return link;
  };
  return { files, asked, line, lose };
}

test('a failed preload is fetched again until it arrives', async () => {
  const { files, asked, line, lose } = page();
  lose('modulepreload', 'a.js');
  expect(await files.mend()).toBe(false);
  line.up = true;
  expect(await files.mend()).toBe(true);
  expect(await files.mend()).toBe(false);
  expect(asked).toEqual(['a.js', 'a.js']);
});

test('a failed style sheet is requested again by the page', async () => {
  const { files, line, lose } = page();
  const link = lose('stylesheet', 'a.css');
  line.up = true;
  await files.mend();
  const [again, ...others] = document.head.querySelectorAll('link');
  expect(again).not.toBe(link);
  expect(again?.getAttribute('href')).toBe('/a.css');
  expect(others).toEqual([]);
});

test('a missing icon is not fetched again', async () => {
  const { files, asked, line, lose } = page();
  lose('icon', 'favicon.svg');
  line.up = true;
  expect(await files.mend()).toBe(false);
  expect(asked).toEqual([]);
});
