/**
 * Checks what the browser gets, dependencies included, against the browser range: run it after a build with
 * `npx eslint --no-ignore --no-inline-config --config lint/bundle.config.js build`.
 */
import { browserRange } from './browser-range.js';

export default [{ files: ['build/**/*.js'], ...browserRange }];
