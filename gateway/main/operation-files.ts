/** The files of `--operations`. */
import { type ManifestOperation, readManifests } from '../operations/persisted/manifest.ts';
import { readFiles } from '../publishing/files.ts';
import type { Demands } from '../supergraph/demands.ts';

/** Throws where a file cannot be read or holds anything but operations, naming each, and where the graph keeps lists of its own. */
export function readOperationFiles(
  paths: readonly string[],
  calledFrom: string,
  { hasGuestRules }: Demands,
): readonly ManifestOperation[] {
  if (paths.length > 0 && hasGuestRules)
    throw new Error(
      'This supergraph’s operations are its clients’, in the database: expected no --operations, but "npm run operations -- publish".',
    );
  const { operations, problems } = readManifests(readFiles(paths, calledFrom));
  if (problems.length > 0) throw new Error(['The operations do not hold:', ...problems].join('\n  '));
  return operations;
}
