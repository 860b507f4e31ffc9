/** Whether operations hold in a supergraph, without a database. */

import { type ManifestFile, readManifests } from '../operations/persisted/manifest.ts';
import { PARTNER } from '../policy/contract-rules.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import { isDemoPartner } from '../store/demo-clients.ts';
import { createCheck } from './check-operations.ts';
import { committedFiles, NO_OPERATION, readFiles, readSupergraphFile } from './files.ts';
import type { Outcome } from './outcome.ts';
import type { CheckTask } from './task.ts';

interface ReadSet {
  whose: string;
  its: ManifestFile[];
  /** Of a partner's client. */
  isPartner: boolean;
}

export function check({ files, supergraph, isPartner }: CheckTask, front: FrontSettings, calledFrom: string): Outcome {
  const checkOne = createCheck(readSupergraphFile(supergraph, calledFrom), front);
  const sets: ReadSet[] =
    files.length > 0
      ? [{ whose: 'the files', its: readFiles(files, calledFrom), isPartner }]
      : [...committedFiles()].map(([whose, its]) => ({ whose, its, isPartner: isPartner || isDemoPartner(whose) }));
  const [told, problems]: [string[], string[]] = [[], []];
  for (const { whose, its, isPartner: isTheirs } of sets) {
    const manifest = readManifests(its);
    problems.push(
      ...manifest.problems,
      ...manifest.operations.flatMap((each) => checkOne(each, isTheirs ? PARTNER : 'whole').problems),
    );
    if (manifest.operations.length === 0 && manifest.problems.length === 0) problems.push(NO_OPERATION);
    told.push(`Operations of ${whose}: ${manifest.operations.length}.`);
  }
  return { told, problems };
}
