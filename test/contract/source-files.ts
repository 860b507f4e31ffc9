/** The project's TypeScript files and what each imports. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Import {
  /** From the project's root: `subgraphs/kernel/ids.ts`; an npm package or `node:…` as it is written. */
  target: string;
  /** `import type`, or only types in the braces: nothing of it runs. */
  typeOnly: boolean;
}

export interface SourceFile {
  path: string;
  text: string;
  imports: Import[];
}

export const sourceFiles = (): SourceFile[] =>
  globSync('{gateway,subgraphs,schema,test}/**/*.ts', { cwd: ROOT })
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([\w*{}\s,$]+?)\s+from\s+)?'([^']+)'/gm;
const CALL = /\bimport\(\s*'([^']+)'\s*\)/g;

function importsOf(path: string, text: string): Import[] {
  const resolve = (target: string) =>
    target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), target)) : target;
  const statements = [...text.matchAll(STATEMENT)].map(([, type, names = '', target = '']) => ({
    target: resolve(target),
    typeOnly: type !== undefined || onlyTypes(names),
  }));
  const calls = [...text.matchAll(CALL)].map(([, target = '']) => ({ target: resolve(target), typeOnly: false }));
  return [...statements, ...calls];
}

function onlyTypes(names: string): boolean {
  const inBraces = names
    .match(/^\{([^}]*)\}$/)?.[1]
    ?.split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  return inBraces !== undefined && inBraces.length > 0 && inBraces.every((each) => each.startsWith('type '));
}
