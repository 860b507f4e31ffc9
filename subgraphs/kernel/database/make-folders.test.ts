import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataFolder } from './private-file.ts';
import { findRunning } from './run-file.ts';
import { openStandaloneDatabase } from './standalone-database.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folders-'));
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('the data folder', () => {
  it('is made with those above it, and passed through by others', () => {
    const data = join(folder, 'one', 'two');
    makeDataFolder(data);
    makeDataFolder(data);
    expect(statSync(data).mode & 0o777).toBe(0o711);
  });

  it.each(['file', 'file/data'])('is refused where a file is: %s', (path) => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeDataFolder(join(folder, path))).toThrow(
      /^Could not make the folder .* \(something that is no folder is in its place\)\. Choose another DATA_DIR\.$/,
    );
  });

  it('that is a file has nothing that runs on it, and is refused', async () => {
    const dataDir = join(folder, 'file');
    writeFileSync(dataDir, '');
    expect(findRunning(dataDir)).toBeNull();
    await expect(openStandaloneDatabase({ dataDir })).rejects.toThrow(/^Could not make the folder .* Choose another/);
  });

  it.skipIf(process.getuid?.() === 0)('is refused in a folder that we may not write to', () => {
    chmodSync(folder, 0o500);
    expect(() => makeDataFolder(join(folder, 'data'))).toThrow(/^Could not make the folder .* \(EACCES\)\./);
  });

  // in a process of its own: what it is to keep from happening is a loop that no timer ends
  it.runIf(existsSync('/proc/self'))('is refused where the system makes none, at once', () => {
    const module = new URL('./private-file.ts', import.meta.url).href;
    const script = `import { makeDataFolder } from ${JSON.stringify(module)}; makeDataFolder('/proc/x/data');`;
    const options = { encoding: 'utf8', timeout: 10_000 } as const;
    const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
    expect({ signal, stderr }).toEqual({
      signal: null,
      stderr: expect.stringMatching(/Could not make the folder \/proc\/x\/data \([A-Z]+\)\. Choose another DATA_DIR\./),
    });
  });
});
