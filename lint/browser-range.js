import browserslist from 'browserslist';
import compat from 'eslint-plugin-compat';
import data from '@mdn/browser-compat-data' with { type: 'json' };

/** The names of the browserslist browsers in the compatibility data. */
const names = /** @type {const} */ ({
  chrome: 'chrome',
  edge: 'edge',
  firefox: 'firefox',
  safari: 'safari',
  ios_saf: 'safari_ios',
});
const range = browserslist();
const oldest = Object.entries(names).map(([listed, name]) => {
  const versions = range
    .map((browser) => browser.split(' '))
    .filter(([browser]) => browser === listed)
    .map(([, version]) => parseFloat(version ?? ''));
  return { name, version: Math.min(...versions) };
});

/** @param {string} version such as "17.4" or "≤15", or "preview" */
const numberOf = (version) => parseFloat(version.replace('≤', ''));

/** @param {import('@mdn/browser-compat-data').SupportStatement | undefined} support @param {number} version */
const has = (support, version) =>
  [support ?? []]
    .flat()
    .some(
      (since) =>
        since.version_added &&
        numberOf(since.version_added) <= version &&
        !(since.version_removed && numberOf(since.version_removed) <= version) &&
        !(since.flags ?? since.prefix ?? since.alternative_name),
    );

/** The code, ours and that of the libraries, checks for these before using them and works without them. */
const optional = [
  'navigator.setAppBadge',
  'navigator.clearAppBadge',
  'navigator.vibrate',
  'navigator.connection',
  'navigator.userAgentData',
  'Error.captureStackTrace',
  'PublicKeyCredential.parseCreationOptionsFromJSON',
  'PublicKeyCredential.parseRequestOptionsFromJSON',
  'Uint8Array.fromBase64',
];

/** @param {import('@mdn/browser-compat-data').CompatStatement | undefined} known */
const tooNew = (known) => oldest.some(({ name, version }) => known && !has(known.support[name], version));

/**
 * Static members such as `URL.parse` that the oldest browsers of the range lack, for `no-restricted-properties`:
 * eslint-plugin-compat does not check static members of classes.
 */
const staticMembers = Object.entries({ ...data.api, ...data.javascript.builtins }).flatMap(
  ([object, members]) =>
    Object.entries(members)
      .filter(([, member]) => '__compat' in member && tooNew(member.__compat))
      .map(([member]) => member.replace(/_static$/, ''))
      .filter((property) => /^\w+$/.test(property) && !optional.includes(`${object}.${property}`))
      .map((property) => ({ object, property, message: 'The oldest supported browsers lack it.' })),
);

/**
 * Reports features that the browsers under `browserslist` in package.json lack. TypeScript checks the methods of
 * objects (`lib` in tsconfig.json).
 * @type {import('eslint').Linter.Config}
 */
export const browserRange = {
  plugins: { compat },
  rules: { 'compat/compat': 'error', 'no-restricted-properties': ['error', ...staticMembers] },
  settings: { lintAllEsApis: true, polyfills: optional },
};
