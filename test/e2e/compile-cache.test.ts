/** What serves is compiled once for all starts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { childEnvironment } from '../kit/child-environment.ts';
import { startFlags } from '../kit/start-flags.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Whether what strips types was loaded, which is Amaro. */
const TELLS = `data:text/javascript,process.on('exit', () => console.log(process.moduleLoadList.some((name) => name.includes('amaro'))))`;

it.each([
  ['start', 'gateway/standalone.ts'],
  ['gateway', 'gateway/main.ts'],
  ['subgraphs', 'subgraphs/main.ts'],
] as const)('npm run %s strips no types when it is started again', (script, file) => {
  const help = () => {
    const words = [...startFlags(script), `--import=${TELLS}`, join(ROOT, file), '--help'];
    const { stdout, stderr } = spawnSync(process.execPath, words, { env: childEnvironment(), encoding: 'utf8' });
    return { last: stdout.trim().split('\n').at(-1), stderr };
  };
  help();
  expect(help()).toEqual({ last: 'false', stderr: '' });
});
