/** Where a profiled process spent its time: in which functions, alone or with what they call, and in whose code. */

/** https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile */
export interface CpuProfile {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    /** Ids of what it called. */
    children?: readonly number[];
  }[];
  samples: readonly number[];
  /** Microseconds between one sample and the next. */
  timeDeltas: readonly number[];
}

export interface TimeShare {
  name: string;
  /** Of all time in which the process was busy. */
  share: number;
}

type CallFrame = CpuProfile['nodes'][number]['callFrame'];

/** What V8 names where no function runs. */
const IDLE = '(idle)';

const nameOf = ({ functionName, url, lineNumber }: CallFrame): string =>
  url === '' ? functionName : `${functionName || '(anonymous)'} ${shortPath(url)}:${lineNumber + 1}`;

/** What each does itself; the greatest first. */
export const functionsIn = (profile: CpuProfile): TimeShare[] => sharesBy(profile, nameOf);

/** Our own functions with all that they call, at once and not later: one inside another counts in both. */
export function callsIn(profile: CpuProfile): TimeShare[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const self = timesOf(profile, ({ id }) => id);
  const times = new Map<string, number>();
  /** Gives back what the node took with everything below it. */
  const walk = (id: number, above: ReadonlySet<string>): number => {
    const node = nodes.get(id);
    if (!node) return 0;
    const name = nameOf(node.callFrame);
    const below = above.has(name) ? above : new Set([...above, name]);
    const time = (node.children ?? []).reduce((sum, child) => sum + walk(child, below), self.get(id) ?? 0);
    // of one that calls itself the outermost is counted
    if (isOurs(node.callFrame) && !above.has(name)) times.set(name, (times.get(name) ?? 0) + time);
    return time;
  };
  const [root] = profile.nodes;
  if (root) walk(root.id, new Set());
  return shares(times, busyTimeIn(profile));
}

const isOurs = ({ url }: CallFrame): boolean => url.startsWith('file:') && !url.includes('/node_modules/');

/**
 * By package, for what comes from npm; by folder, for our own. What Node and V8 do for somebody counts for whoever called
 * them; what nobody did, as reading from a socket, is theirs.
 */
export function ownersIn(profile: CpuProfile): TimeShare[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const owners = new Map<number, string>();
  const walk = (id: number, caller: string | null): void => {
    const node = nodes.get(id);
    if (!node) return;
    const { functionName, url } = node.callFrame;
    const own = url.startsWith('file:') ? ownerOf(shortPath(url)) : caller;
    owners.set(id, own ?? (functionName.startsWith('(') ? functionName : 'node:*'));
    for (const child of node.children ?? []) walk(child, own);
  };
  const [root] = profile.nodes;
  if (root) walk(root.id, null);
  const times = timesOf(profile, ({ id }) => owners.get(id) ?? '');
  times.delete(IDLE);
  return shares(times, busyTimeIn(profile));
}

const ownerOf = (path: string): string =>
  path.startsWith('gateway/') || path.startsWith('subgraphs/') || path.startsWith('test/')
    ? path.slice(0, path.lastIndexOf('/'))
    : (/^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);

/** From the last `node_modules`, or from the project's root. */
const shortPath = (url: string): string =>
  url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=(gateway|subgraphs|test)\/)/, '');

type Node = CpuProfile['nodes'][number];

const sharesBy = (profile: CpuProfile, keyOf: (frame: CallFrame) => string): TimeShare[] => {
  const times = timesOf(profile, ({ callFrame }) => keyOf(callFrame));
  times.delete(IDLE);
  return shares(times, busyTimeIn(profile));
};

const shares = (times: ReadonlyMap<string, number>, total: number): TimeShare[] =>
  [...times].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);

const busyTimeIn = (profile: CpuProfile): number =>
  [...timesOf(profile, ({ callFrame }) => callFrame.functionName)].reduce(
    (sum, [name, time]) => (name === IDLE ? sum : sum + time),
    0,
  );

/** Microseconds, by whatever each node counts for. */
function timesOf<Key>({ nodes, samples, timeDeltas }: CpuProfile, keyOf: (node: Node) => Key): Map<Key, number> {
  const keys = new Map(nodes.map((node) => [node.id, keyOf(node)]));
  const times = new Map<Key, number>();
  for (const [index, id] of samples.entries()) {
    const key = keys.get(id);
    if (key !== undefined) times.set(key, (times.get(key) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return times;
}
