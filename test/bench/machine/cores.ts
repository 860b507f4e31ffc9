/** Which cores the bench's processes run on: one is the contender's alone, so that all have the same. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The first is the contender's, which has its turn; the load and the subgraphs share the others. `all`: not bound. */
export type Place = 'contender' | 'others' | 'all';

const CORES = availableParallelism();

/** Whether processes can be bound to cores: it takes two of them, and util-linux. */
const canPin = CORES > 1 && spawnSync('taskset', ['--version']).status === 0;

/** The words of a command that is run on those cores. */
export const pinned = (place: Place, command: readonly string[]): string[] =>
  canPin && place !== 'all'
    ? ['taskset', '-c', place === 'contender' ? '0' : `1-${CORES - 1}`, ...command]
    : [...command];
