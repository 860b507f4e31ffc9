import type { Call } from '../kernel/subgraph/call.ts';
import type { Loaders } from './loaders.ts';

export type Context = Call<Loaders>;
