/// <reference types="vite-plugin-pwa/info" />
declare global {
  /** The version in package.json, set at build time. */
  const __APP_VERSION__: string;

  namespace App {
    interface Error {
      /** The stable code of a failure that the app knows. */
      code?: string;
    }
  }
}
export {};
