/** Our own scripts and styles, and GOV.UK Frontend's style. */
import { readFileSync } from 'node:fs';
import { type AssetFolder, folderOf } from './assets.ts';
import { govukStyles } from './govuk-styles.ts';

const SCRIPTS = [
  'editor.js',
  'editors.js',
  'graph.js',
  'listed.js',
  'plan.js',
  'sandbox.js',
  'session.js',
  'storage.js',
  'tabs.js',
];
const STYLES = ['pages.css', 'sandbox.css', 'icon.svg'];

const read = (folder: string, name: string): [string, string] => [
  name,
  readFileSync(new URL(`./${folder}/${name}`, import.meta.url), 'utf8'),
];

export const ownAssets = (): AssetFolder =>
  folderOf(
    new Map([
      ...SCRIPTS.map((name) => read('browser', name)),
      ...STYLES.map((name) => read('styles', name)),
      ['govuk.css', govukStyles()],
    ]),
  );
