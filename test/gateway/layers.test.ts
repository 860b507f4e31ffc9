/** A request passes the gateway's layers in one direction: each builds on those below it, none knows of those above. */
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from '../contract/source-files.ts';

/** From the top; a request comes in at http. */
const LAYERS = ['http', 'operations', 'policy', 'engine', 'supergraph'] as const;
type Layer = (typeof LAYERS)[number];

const FOLDER = /^gateway\/([^/]+)\//;
const layerOf = (path: string): number => LAYERS.indexOf(FOLDER.exec(path)?.[1] as Layer);
const files = sourceFiles().filter(({ path }) => layerOf(path) >= 0);

const imports = (is: (from: number, to: number, typeOnly: boolean) => boolean): string[] =>
  files.flatMap(({ path, imports: all }: SourceFile) =>
    all
      .filter(({ target, typeOnly }) => layerOf(target) >= 0 && is(layerOf(path), layerOf(target), typeOnly))
      .map(({ target }) => `${path} imports ${target}`),
  );

describe('a layer of the gateway', () => {
  it('has files', () => {
    for (const layer of LAYERS) expect(files.some(({ path }) => path.startsWith(`gateway/${layer}/`))).toBe(true);
  });

  it('does not import one above it, not even a type', () => {
    expect(imports((from, to) => to < from)).toEqual([]);
  });

  it('takes no more than types from the engine: whoever composes the gateway chooses one', () => {
    const engine = LAYERS.indexOf('engine');
    expect(imports((from, to, typeOnly) => to === engine && from !== engine && !typeOnly)).toEqual([]);
  });

  it('of the engine reads no supergraph: it is handed what it plans by', () => {
    expect(imports((from, to) => LAYERS[from] === 'engine' && LAYERS[to] === 'supergraph')).toEqual([]);
  });

  it('does not import what composes it', () => {
    const composing =
      /^gateway\/(gateway|graph|graph-in-use|read-graph|main|config|standalone|keys|start|token|clients|publish|publishing|telemetry)(\.ts|\/)|^gateway\/store\//;
    const reaching = files.flatMap(({ path, imports: all }) =>
      all.filter(({ target }) => composing.test(target)).map(({ target }) => `${path} imports ${target}`),
    );
    expect(reaching).toEqual([]);
  });

  it('does not know of the pages, which read the supergraph and no more than types of the rest', () => {
    const ofPages = sourceFiles().filter(({ path }) => path.startsWith('gateway/pages/') && !path.endsWith('.test.ts'));
    const reading = ofPages.flatMap(({ path, imports: all }) =>
      all
        .filter(
          ({ target, typeOnly }) =>
            target.startsWith('gateway/') && !typeOnly && !/^gateway\/(pages|supergraph)\//.test(target),
        )
        .map(({ target }) => `${path} imports ${target}`),
    );
    const knowing = files.flatMap(({ path, imports: all }) =>
      all.filter(({ target }) => target.startsWith('gateway/pages/')).map(({ target }) => `${path} imports ${target}`),
    );
    expect([ofPages.length > 10, reading, knowing]).toEqual([true, [], []]);
  });
});
