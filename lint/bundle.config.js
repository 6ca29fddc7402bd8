/**
 * Checks everything that the browser loads, dependencies included, against the browser range. Run it after a build with
 * `npx eslint --no-ignore --no-inline-config --config lint/bundle.config.js build`.
 */
import { browserRange } from './browser-range.js';

export default [{ files: ['build/**/*.js'], ...browserRange }];
