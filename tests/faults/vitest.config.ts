/** The tests of the app, with the fault planted that `PLANTED` names. No file is changed. */
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import app from '../../vitest.config';
import { faults } from './list';

const fault = faults.find(({ name }) => name === process.env.PLANTED);
if (!fault) throw new Error(`There is no fault "${process.env.PLANTED}".`);
const { file, from, to } = fault;

const planted: Plugin = {
  name: 'planted-fault',
  enforce: 'pre',
  transform: (code, id) =>
    id.split('?')[0]?.endsWith(`/${file}`) ? code.replace(from, () => to) : undefined,
};

const projects = (app.test?.projects ?? []).map((project) =>
  typeof project === 'object' && 'test' in project
    ? { ...project, plugins: [planted, ...(project.plugins ?? [])] }
    : project,
);
export default defineConfig({ test: { projects } });
