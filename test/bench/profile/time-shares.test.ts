import { expect, it } from 'vitest';
import { type CpuProfile, callsIn, functionsIn, ownersIn } from './time-shares.ts';

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 9 });
const PROFILE: CpuProfile = {
  nodes: [
    { id: 0, callFrame: frame('(root)'), children: [1, 2, 3, 4, 5, 6, 7] },
    { id: 1, callFrame: frame('(idle)') },
    { id: 2, callFrame: frame('(garbage collector)') },
    { id: 3, callFrame: frame('visit', 'file:///srv/node_modules/graphql/language/visitor.js') },
    { id: 4, callFrame: frame('', 'file:///srv/node_modules/@apollo/gateway/dist/index.js'), children: [8] },
    { id: 5, callFrame: frame('write', 'node:net') },
    { id: 6, callFrame: frame('seal', 'file:///srv/project/subgraphs/kernel/envelope.ts') },
    // the same function on another way
    { id: 7, callFrame: frame('visit', 'file:///srv/node_modules/graphql/language/visitor.js') },
    { id: 8, callFrame: frame('stringify') },
  ],
  samples: [1, 3, 7, 2, 4, 8, 5, 6],
  timeDeltas: [1_000, 20, 20, 25, 15, 5, 10, 5],
};

it('what a function took itself is told as a share of the time that was worked', () => {
  expect(functionsIn(PROFILE)).toEqual([
    { name: 'visit graphql/language/visitor.js:10', share: 0.4 },
    { name: '(garbage collector)', share: 0.25 },
    { name: '(anonymous) @apollo/gateway/dist/index.js:10', share: 0.15 },
    { name: 'write node:net:10', share: 0.1 },
    { name: 'stringify', share: 0.05 },
    { name: 'seal subgraphs/kernel/envelope.ts:10', share: 0.05 },
  ]);
});

it('whose code it was is told by package and folder, with what Node did for it', () => {
  expect(ownersIn(PROFILE)).toEqual([
    { name: 'graphql', share: 0.4 },
    { name: '(garbage collector)', share: 0.25 },
    { name: '@apollo/gateway', share: 0.2 },
    { name: 'node:*', share: 0.1 },
    { name: 'subgraphs/kernel', share: 0.05 },
  ]);
});

it('our own functions are told with what they call, and one that calls itself once', () => {
  const ours = (functionName: string) => frame(functionName, 'file:///srv/project/gateway/gateway.ts');
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 6] },
      { id: 2, callFrame: ours('serve'), children: [3, 5] },
      { id: 3, callFrame: ours('walk'), children: [4] },
      { id: 4, callFrame: ours('walk') },
      { id: 5, callFrame: frame('write', 'node:net') },
      { id: 6, callFrame: frame('(idle)') },
    ],
    samples: [2, 3, 4, 5, 6],
    timeDeltas: [10, 20, 30, 40, 900],
  };
  expect(callsIn(profile)).toEqual([
    { name: 'serve gateway/gateway.ts:10', share: 1 },
    { name: 'walk gateway/gateway.ts:10', share: 0.5 },
  ]);
});
