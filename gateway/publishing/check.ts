/** Whether operations hold in a supergraph, without a database. */

import { type ManifestFile, readManifests } from '../operations/persisted/manifest.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import { createCheck } from './check-operations.ts';
import { committedFiles, readFiles, readSupergraphFile } from './files.ts';
import type { Outcome } from './outcome.ts';
import type { CheckTask } from './task.ts';

export function check({ files, supergraph }: CheckTask, front: FrontSettings, calledFrom: string): Outcome {
  const checkOne = createCheck(readSupergraphFile(supergraph, calledFrom), front);
  const sets: [string, ManifestFile[]][] =
    files.length > 0 ? [['the files', readFiles(files, calledFrom)]] : [...committedFiles()];
  const [told, problems]: [string[], string[]] = [[], []];
  for (const [whose, its] of sets) {
    const manifest = readManifests(its);
    problems.push(...manifest.problems, ...manifest.operations.flatMap((each) => checkOne(each).problems));
    told.push(`Operations of ${whose}: ${manifest.operations.length}.`);
  }
  return { told, problems };
}
