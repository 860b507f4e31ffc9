/** Settings are what a start reads: each is in the README's table, and nothing else is. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../gateway/config.ts';
import { USAGE as GATEWAY_USAGE } from '../../gateway/main/options.ts';
import type { Environment } from '../../subgraphs/kernel/process/settings.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { ROOT } from './source-files.ts';

/** Set by npm itself. */
const NPMS = ['INIT_CWD', 'npm_lifecycle_event'];

function namesOf(read: (env: Environment) => unknown): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => void names.add(String(name)) });
  read(env);
  return [...names].filter((name) => !NPMS.includes(name)).sort();
}

const ofGateway = namesOf(readConfig);
const ofSubgraphs = namesOf(readSubgraphSettings);

const README = readFileSync(join(ROOT, 'gateway/README.md'), 'utf8');
const SECTION = README.split('\n## ').find((section) => section.startsWith('Settings')) ?? '';
const documented = [...SECTION.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);

describe('every setting', () => {
  it('is a row of the gateway’s README, and there is no other row', () => {
    expect(ofGateway).toContain('PORT');
    expect(documented.sort()).toEqual([...new Set([...ofGateway, ...ofSubgraphs])].sort());
  });

  it('of npm run subgraphs is in its help', () => {
    const { stdout } = spawnSync(process.execPath, ['subgraphs/main.ts', '--help'], { cwd: ROOT, encoding: 'utf8' });
    expect(ofSubgraphs.filter((name) => !stdout.includes(`  ${name} `) && !stdout.includes(`  ${name}\n`))).toEqual([]);
  });

  it('of npm run gateway is where its help says', () => {
    expect(GATEWAY_USAGE).toContain('gateway/README.md');
  });
});
