import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import ts from 'typescript-eslint';
import { browserRange } from './lint/browser-range.js';
import svelteConfig from './svelte.config.js';

/** What each layer may not import: the arrows in ARCHITECTURE.md point down only. */
const above = {
  text: ['entities', 'store', 'remote', 'sync', 'ui', 'shared', 'features', 'shell'],
  entities: ['store', 'remote', 'sync', 'ui', 'shared', 'features', 'shell'],
  store: ['remote', 'sync', 'ui', 'shared', 'features', 'shell'],
  remote: ['store', 'sync', 'ui', 'shared', 'features', 'shell'],
  sync: ['ui', 'shared', 'features', 'shell'],
  ui: ['entities', 'store', 'remote', 'sync', 'shared', 'features', 'shell'],
};

/** The folders of shared and of shell, from the bottom up: each may import only those before it. */
const shelves = {
  shared: [
    ...[
      'forms',
      'session',
      'members',
      'export',
      'pipeline',
      'records',
      'lists',
      'pickers',
      'duplicates',
      'bulk',
    ],
    ...['tasks', 'notes', 'history', 'record-page', 'device'],
  ],
  shell: ['navigation', 'pwa', 'keyboard', 'commands', 'search', 'help', 'frame'],
};
const mayUseRemote = ['shared/session', 'shared/history', 'features/activity-log', 'features/settings'];

/** @param {string} place @param {string[]} names @returns {import('typescript-eslint').ConfigWithExtends} */
const forbid = (place, names) => ({
  files: [`src/${place}/**`],
  // A test may hold two shelves against each other.
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...(place.startsWith('lib/')
            ? [{ group: ['../*'], message: 'Write $lib/… for a file of another folder.' }]
            : []),
          ...names.map((name) => ({
            group: [`$lib/${name}`, `$lib/${name}/*`],
            message: `${place} may not import lib/${name}: imports point down only.`,
          })),
        ],
      },
    ],
  },
});

const remoteFor = (/** @type {string} */ place) => (mayUseRemote.includes(place) ? [] : ['remote']);

const importRules = [
  ...Object.entries(above).map(([layer, names]) => forbid(`lib/${layer}`, names)),
  ...shelves.shared.map((name, at) =>
    forbid(`lib/shared/${name}`, [
      ...remoteFor(`shared/${name}`),
      ...shelves.shared.slice(at + 1).map((other) => `shared/${other}`),
      'features',
      'shell',
    ]),
  ),
  // A feature knows no other feature. What two of them need is in shared.
  ...readdirSync(new URL('src/lib/features', import.meta.url)).map((name, _, all) =>
    forbid(`lib/features/${name}`, [
      ...remoteFor(`features/${name}`),
      ...all.filter((other) => other !== name).map((other) => `features/${other}`),
      'shell',
    ]),
  ),
  ...shelves.shell.map((name, at) =>
    forbid(`lib/shell/${name}`, ['remote', ...shelves.shell.slice(at + 1).map((other) => `shell/${other}`)]),
  ),
  forbid('routes', ['remote']),
];

export default ts.config(
  {
    ignores: ['build/', '.svelte-kit/', 'node_modules/', 'supabase/.embedded*/', 'tests/bench/node_modules/'],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  ...importRules,
  { files: ['src/**'], ignores: ['src/**/*.test.ts'], ...browserRange },
  {
    files: ['src/**'],
    ignores: ['src/lib/ui/save-file.svelte.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'URL',
          property: 'createObjectURL',
          message:
            'On an iPad, a download covers the app and people cannot come back. Use saveFile of ui/save-file.',
        },
      ],
    },
  },
  {
    files: ['src/**', 'tests/simulation/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='transaction'] > ArrowFunctionExpression[async=false]",
          message:
            'Pass an async function. After an await in any other function, Dexie may write outside of the transaction.',
        },
        ...[
          "ConditionalExpression[test.operator='instanceof'][test.right.name='Error']",
          "ConditionalExpression[test.left.operator='instanceof'][test.left.right.name='Error']",
        ].map((test) => ({
          selector: `${test} > MemberExpression.consequent[property.name='message']`,
          message:
            "Do not show a browser's own message to people. Show the text of our own error classes, and one plain sentence for every other error.",
        })),
      ],
    },
  },
);
