/** Who may import whom: the project's shape, as data. A row is read as a sentence: files like these must not import those. */
import { describe, expect, it } from 'vitest';
import { type Import, type SourceFile, sourceFiles } from './source-files.ts';

interface Rule {
  files: RegExp;
  except?: RegExp;
  mustNotImport: (target: string, from: SourceFile) => boolean;
  allowTypes?: boolean;
  because: string;
}

const subgraphOf = (path: string): string | undefined => path.match(/^subgraphs\/(?!kernel\/)([^/]+)\//)?.[1];
const isNpm = (target: string): boolean => !/^(gateway|subgraphs|schema|test)\//.test(target);
const isMikroOrm = (target: string): boolean => target.startsWith('@mikro-orm/');

/** What starts the gateway, gives it its keys and opens its tables. */
const COMPOSITION_ROOTS =
  /^gateway\/((standalone|main)(\.ts|\/)|(token|clients|publish)\.ts|(clients|publishing|keys|start|store)\/)/;
const KERNEL_FOR_GATEWAY =
  /^subgraphs\/kernel\/((caller|envelope|error-answer|errors|clock|in-time|scopes|policies|process\/settings)\.ts$|guest-access\/|identifiers\/|telemetry\/)/;
const KERNEL_FOR_DOMAIN = /^subgraphs\/kernel\/(identifiers\/|guest-access\/|text\/|errors\.ts)/;

const RULES: readonly Rule[] = [
  {
    files: /^gateway\//,
    except: /^gateway\/standalone\.ts$/,
    mustNotImport: (target) => target.startsWith('subgraphs/') && !target.startsWith('subgraphs/kernel/'),
    because: 'the gateway knows the graph as text; one file starts it all in one process',
  },
  {
    files: /^gateway\//,
    except: COMPOSITION_ROOTS,
    mustNotImport: (target) => target.startsWith('subgraphs/kernel/') && !KERNEL_FOR_GATEWAY.test(target),
    because:
      'of the kernel the gateway shares the caller, the envelope, the clock, patience, errors and answers of one, scopes and policies, how settings are read, identifiers, guest access and telemetry',
  },
  {
    files: /^gateway\/(main|start)(\.ts$|\/)/,
    mustNotImport: (target) => /^(subgraphs\/kernel\/(database|record)\/|gateway\/keys\/own-keys\.ts$)/.test(target),
    allowTypes: true,
    because: 'a gateway in a process of its own reads its own keys, and nothing that another’s follow from',
  },
  {
    files: /^gateway\//,
    except: /^gateway\/store\//,
    mustNotImport: isMikroOrm,
    because: 'the gateway’s own tables are behind its store',
  },
  {
    files: /^gateway\//,
    mustNotImport: (target) => /^(schema|test)\//.test(target),
    because: 'the gateway reads the supergraph as a file',
  },
  {
    files: /^subgraphs\/(?!kernel\/)[^/]+\//,
    mustNotImport: (target, { path }) =>
      target.startsWith('gateway/') ||
      target.startsWith('schema/') ||
      (subgraphOf(target) !== undefined && subgraphOf(target) !== subgraphOf(path)),
    because: 'domains meet in the schema by entity keys, and in events',
  },
  {
    files: /^subgraphs\/[^/]+\.ts$/,
    mustNotImport: (target) => target.startsWith('gateway/') && !/^gateway\/(store|keys)\//.test(target),
    because: 'who prepares the database makes the gateway’s tables and its keys, too, and knows no more of it',
  },
  {
    files: /^subgraphs\/kernel\//,
    mustNotImport: (target) => !isNpm(target) && !target.startsWith('subgraphs/kernel/'),
    because: 'the kernel is below everything',
  },
  {
    files: /./,
    except: /^subgraphs\/kernel\/telemetry\/|^test\//,
    mustNotImport: (target) => target === 'pino' || target.startsWith('@opentelemetry/'),
    because: 'what is written of a request passes the types of the telemetry',
  },
  {
    files: /^subgraphs\/[^/]+\/resolvers\//,
    mustNotImport: (target) => /\/entities\//.test(target) || isMikroOrm(target) || target === 'kysely',
    allowTypes: true,
    because: 'a resolver unpacks, calls a service and returns',
  },
  {
    files: /^subgraphs\/(?!kernel\/)[^/]+\/(services\/|loaders)/,
    mustNotImport: (target) => target === 'graphql' || /\/resolvers\//.test(target),
    allowTypes: true,
    because: 'a use case does not know by which door it was entered',
  },
  {
    files: /^subgraphs\/[^/]+\/domain\//,
    except: /\.test\.ts$/,
    mustNotImport: (target, { path }) =>
      isNpm(target) ||
      !(target.startsWith(path.slice(0, path.indexOf('/domain/') + 8)) || KERNEL_FOR_DOMAIN.test(target)),
    because: 'a rule is a pure function',
  },
];

const violations = (rule: Rule): string[] =>
  sourceFiles()
    .filter(({ path }) => rule.files.test(path) && !rule.except?.test(path))
    .flatMap((file) =>
      file.imports
        .filter(({ target, typeOnly }: Import) => rule.mustNotImport(target, file) && !(rule.allowTypes && typeOnly))
        .map(({ target }) => `${file.path} imports ${target}`),
    );

describe('imports', () => {
  it.each(RULES.map((rule) => ({ rule, name: `${rule.files.source}: ${rule.because}` })))('$name', ({ rule }) => {
    expect(violations(rule)).toEqual([]);
  });

  it('only standalone.ts imports the registry of subgraphs, and the commands of subgraphs/', () => {
    const importers = sourceFiles().filter(
      ({ path, imports }) =>
        !path.startsWith('test/') && imports.some(({ target }) => target === 'subgraphs/registry.ts'),
    );
    expect(
      importers
        .map(({ path }) => path)
        .filter((path) => path !== 'gateway/standalone.ts' && !/^subgraphs\/[\w-]+\.ts$/.test(path)),
    ).toEqual([]);
  });

  it('a resolver does not reach the entity manager', () => {
    const reaching = sourceFiles().filter(
      ({ path, text }) => /\/resolvers\//.test(path) && !/\.generated\.ts$/.test(path) && /\.em\b/.test(text),
    );
    expect(reaching.map(({ path }) => path)).toEqual([]);
  });

  it('a rule does not read the clock or chance', () => {
    const impure = sourceFiles().filter(
      ({ path, text }) =>
        /\/(domain|identifiers)\//.test(path) &&
        !/\.test\.ts$/.test(path) &&
        /\bDate\.now\(|new Date\(\)|Math\.random/.test(text),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('only commands write to the console: what happens while the graph runs passes the log', () => {
    const writers = sourceFiles().filter(
      ({ path, text }) =>
        /^(gateway|subgraphs)\//.test(path) &&
        !/\.test\.ts$/.test(path) &&
        /\bconsole\.|process\.std(out|err)\b/.test(text),
    );
    expect(writers.map(({ path }) => path)).toEqual([
      'gateway/clients.ts',
      'gateway/publish.ts',
      'gateway/token.ts',
      'subgraphs/audit.ts',
      'subgraphs/import.ts',
      'subgraphs/kernel/process/lifetime.ts',
      'subgraphs/kernel/process/run-command.ts',
    ]);
  });

  it('process.env is read for settings in one file, and elsewhere for what other programs are started with', () => {
    const readers = sourceFiles().filter(
      ({ path, text }) =>
        /^(gateway|subgraphs)\//.test(path) && !/\.test\.ts$/.test(path) && /process\.env\b/.test(text),
    );
    expect(readers.map(({ path }) => path)).toEqual([
      'gateway/engine/apollo.ts',
      'subgraphs/kernel/database/embedded/running-process.ts',
      'subgraphs/kernel/database/embedded/server-account.ts',
      'subgraphs/kernel/process/settings.ts',
    ]);
  });
});
