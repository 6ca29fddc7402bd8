import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { browserRange } from './lint/browser-range.js';
import svelteConfig from './svelte.config.js';

/** The layers that each layer may not import. Imports point down the table in ARCHITECTURE.md. */
const layers = {
  entities: ['store', 'remote', 'sync', 'ui', 'features'],
  store: ['remote', 'sync', 'ui', 'features'],
  remote: ['store', 'sync', 'ui', 'features'],
  sync: ['ui', 'features'],
  ui: ['entities', 'store', 'remote', 'sync', 'features'],
  features: ['remote'],
};
const mayUseRemote = ['session', 'activity-log', 'team'].map((name) => `src/lib/features/${name}/**`);

/** @param {string[]} names @returns {import('eslint').Linter.RulesRecord} */
const forbid = (names) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: names.map((name) => ({
        group: [`$lib/${name}`, `$lib/${name}/*`, `**/${name}/*`],
        message: `This layer may not import lib/${name}, because imports point down the table in ARCHITECTURE.md.`,
      })),
    },
  ],
});

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
  ...Object.entries(layers).map(([layer, names]) => ({
    files: [`src/lib/${layer}/**`],
    ignores: layer === 'features' ? mayUseRemote : [],
    rules: forbid(names),
  })),
  { files: ['src/routes/**'], rules: forbid(['remote']) },
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
