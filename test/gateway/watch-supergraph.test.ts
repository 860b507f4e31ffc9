/** The file of a supergraph that is served, and everything that happens to files. */
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchSupergraph } from '../../gateway/main/watch-supergraph.ts';

const LOOK_MS = 20;

/** A file with `FIRST` in it, that is watched; a text with `broken` in it is not served. */
function watched(hear: (line: string) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'watched-'));
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, 'FIRST');
  const served: string[] = [];
  const told: string[] = [];
  const reported: unknown[] = [];
  const stop = watchSupergraph({
    path,
    served: 'FIRST',
    async serve(text) {
      if (text.includes('broken')) throw new Error('It does not\n  hold.');
      served.push(text);
    },
    tell(line) {
      told.push(line);
      hear(line);
    },
    reportError: (_id, error) => reported.push(error),
    lookMs: LOOK_MS,
  });
  onTestFinished(() => {
    stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, path, served, told, reported, stop };
}

const looks = (count: number) => sleep(count * LOOK_MS + LOOK_MS);

describe('the file of a supergraph', () => {
  it('is served when it changes, and told of in one line', async () => {
    const { path, served, told } = watched();
    writeFileSync(path, 'SECOND');
    await expect.poll(() => told).toEqual([expect.stringMatching(/^The supergraph’s file changed, and is served/)]);
    expect(served).toEqual(['SECOND']);
  });

  it('is served when another is put in its place, even one of the same length and time', async () => {
    const { folder, path, served } = watched();
    const [next, time] = [join(folder, 'next'), new Date(2026, 0, 1)];
    utimesSync(path, time, time);
    await looks(4);
    writeFileSync(next, 'OTHER');
    utimesSync(next, time, time);
    renameSync(next, path);
    await expect.poll(() => served).toEqual(['OTHER']);
  });

  it('is left alone while it is being written', async () => {
    const { path, served, told } = watched();
    for (let part = 1; part <= 10; part++) {
      writeFileSync(path, 'WRITTEN IN PARTS'.slice(0, part));
      await sleep(LOOK_MS / 2);
    }
    writeFileSync(path, 'WRITTEN IN PARTS');
    await expect.poll(() => served.at(-1)).toBe('WRITTEN IN PARTS');
    expect(told.length).toBe(served.length);
    expect(served.length).toBeLessThan(5);
  });

  it('that does not hold is told of once, with the reason in the same line, and tried again when it changes', async () => {
    const { path, served, told } = watched();
    writeFileSync(path, 'broken');
    await expect
      .poll(() => told)
      .toEqual([expect.stringMatching(/last good graph is served on .* It does not hold\.$/)]);
    await looks(3);
    expect(told.length).toBe(1);
    expect(told[0]).not.toContain('\n');
    writeFileSync(path, 'SECOND');
    await expect.poll(() => served).toEqual(['SECOND']);
  });

  it('that is again what is served is told of, and not read in anew', async () => {
    const { path, served, told } = watched();
    writeFileSync(path, 'broken');
    await expect.poll(() => told.length).toBe(1);
    writeFileSync(path, 'FIRST');
    await expect.poll(() => told[1]).toMatch(/again the one that is served/);
    expect(served).toEqual([]);
  });

  it('that is gone is told of once, and served when it is back', async () => {
    const { path, served, told } = watched();
    rmSync(path);
    await expect.poll(() => told).toEqual([expect.stringMatching(/is gone. The last good graph is served on/)]);
    await looks(3);
    expect(told.length).toBe(1);
    writeFileSync(path, 'SECOND');
    await expect.poll(() => served).toEqual(['SECOND']);
  });

  it('that is only touched changes nothing', async () => {
    const { path, served, told } = watched();
    await looks(2);
    utimesSync(path, new Date(), new Date(2030, 1, 1));
    await looks(4);
    expect({ served, told }).toEqual({ served: [], told: [] });
  });

  it('is looked at again after a line could not be told', async () => {
    let isDeaf = true;
    const { path, served, told, reported } = watched(() => {
      if (isDeaf) throw new Error('nobody hears');
    });
    writeFileSync(path, 'SECOND');
    await expect.poll(() => told.length).toBeGreaterThan(0);
    isDeaf = false;
    expect(reported[0]).toMatchObject({ message: 'nobody hears' });
    writeFileSync(path, 'THIRD');
    await expect.poll(() => served.at(-1)).toBe('THIRD');
  });

  it('is not looked at any more once that is asked for', async () => {
    const { path, served, stop } = watched();
    stop();
    writeFileSync(path, 'SECOND');
    await looks(4);
    expect(served).toEqual([]);
  });
});
