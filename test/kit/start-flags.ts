/** Node's flags, as package.json has them for what serves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Whatever folder the process is started in. */
export function startFlags(script: 'start' | 'gateway' | 'subgraphs'): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const flags = (scripts[script] ?? '').split(' ').filter((word) => word.startsWith('--'));
  return flags.map((flag) => flag.replace('=./', `=${ROOT}/`));
}
