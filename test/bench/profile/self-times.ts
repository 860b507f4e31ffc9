/** Where a profiled process spent its time: in which functions themselves, and in whose code. */

/** https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile */
export interface CpuProfile {
  nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: readonly number[];
  /** Microseconds between one sample and the next. */
  timeDeltas: readonly number[];
}

export interface SelfTime {
  name: string;
  /** Of all time in which the process was busy. */
  share: number;
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

/** What V8 names where no function runs. */
const IDLE = '(idle)';

/** The greatest first. */
export const functionsIn = (profile: CpuProfile): SelfTime[] =>
  sharesBy(profile, ({ functionName, url, lineNumber }) =>
    url === '' ? functionName : `${functionName || '(anonymous)'} ${shortPath(url)}:${lineNumber + 1}`,
  );

/** By package, for what comes from npm; by folder, for our own; Node's own together. */
export const ownersIn = (profile: CpuProfile): SelfTime[] =>
  sharesBy(profile, ({ functionName, url }) => {
    if (url === '') return functionName.startsWith('(') ? functionName : 'V8 and Node, native';
    if (url.startsWith('node:')) return 'node:*';
    const path = shortPath(url);
    return /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] === path ? path : ownerOf(path);
  });

const ownerOf = (path: string): string =>
  path.startsWith('gateway/') || path.startsWith('subgraphs/') || path.startsWith('test/')
    ? path.slice(0, path.lastIndexOf('/'))
    : (/^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);

/** From the last `node_modules`, or from the project's root. */
const shortPath = (url: string): string =>
  url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=(gateway|subgraphs|test)\/)/, '');

function sharesBy({ nodes, samples, timeDeltas }: CpuProfile, nameOf: (frame: CallFrame) => string): SelfTime[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
  times.delete(IDLE);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);
}
