/** Contenders that this project does not depend on: installed beside the bench, in a folder that git ignores. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = join(import.meta.dirname, '../.contenders');
const LONGEST_MS = 10 * 60_000;

interface Installed {
  /** Exact versions. */
  dependencies: Readonly<Record<string, string>>;
  overrides?: Readonly<Record<string, string>>;
}

/** The folder of their `node_modules`. Nothing of a package is run while it is installed. Throws what npm said. */
export async function install(name: string, { dependencies, overrides = {} }: Installed): Promise<string> {
  const folder = join(FOLDER, name);
  const manifest = join(folder, 'package.json');
  const wanted = `${JSON.stringify({ private: true, dependencies, overrides }, null, 2)}\n`;
  // written by npm at the end of what it did
  const isThere = existsSync(join(folder, 'node_modules/.package-lock.json'));
  if (isThere && existsSync(manifest) && readFileSync(manifest, 'utf8') === wanted) return join(folder, 'node_modules');
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, wanted);
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', words, { cwd: folder, timeout: LONGEST_MS }).catch((error: { stderr?: string }) => {
    throw new Error(`npm could not install it: ${error.stderr?.trim().split('\n').at(0) ?? 'it did not run'}`);
  });
  return join(folder, 'node_modules');
}
