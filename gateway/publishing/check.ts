/** Whether operations hold in a supergraph, without a database. */

import { type ManifestFile, readManifests } from '../operations/persisted/manifest.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import { createCheck } from './check-operations.ts';
import { committedFiles, readFiles, readSupergraphFile } from './files.ts';
import type { CheckTask } from './task.ts';

/** The exit code. */
export function check({ files, supergraph }: CheckTask, front: FrontSettings, calledFrom: string): number {
  const checkOne = createCheck(readSupergraphFile(supergraph, calledFrom), front);
  const sets: [string, ManifestFile[]][] =
    files.length > 0 ? [['the files', readFiles(files, calledFrom)]] : [...committedFiles()];
  const problems: string[] = [];
  for (const [whose, its] of sets) {
    const manifest = readManifests(its);
    problems.push(...manifest.problems, ...manifest.operations.flatMap((each) => checkOne(each).problems));
    console.log(`Operations of ${whose}: ${manifest.operations.length}.`);
  }
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}
