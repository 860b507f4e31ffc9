/** Every small world, one or more for each trap that an engine can step into. */
import type { World } from './world.ts';
import { abstractTypes } from './worlds/abstract-types.ts';
import { aliasedKeys } from './worlds/aliased-keys.ts';
import { contexts } from './worlds/contexts.ts';
import { federation1 } from './worlds/federation-1.ts';
import { inaccessible } from './worlds/inaccessible.ts';
import { inputs } from './worlds/inputs.ts';
import { interfaceObjects, requiringInterfaceObjects } from './worlds/interface-objects.ts';
import { requiringMuch } from './worlds/interface-objects-that-require.ts';
import { movingFields } from './worlds/moving-fields.ts';
import { mutations } from './worlds/mutations.ts';
import { nestedLists } from './worlds/nested-lists.ts';
import { oddNames } from './worlds/odd-names.ts';
import { orders } from './worlds/orders.ts';
import { overridden } from './worlds/overridden.ts';
import { provided } from './worlds/provided.ts';
import { renamedRoots } from './worlds/renamed-roots.ts';
import { requiresArguments } from './worlds/requires-arguments.ts';
import { requiresChains } from './worlds/requires-chains.ts';
import { severalKeys } from './worlds/several-keys.ts';
import { shelves } from './worlds/shelves.ts';
import { strictFields } from './worlds/strict-fields.ts';
import { twoPaths } from './worlds/two-paths.ts';
import { unionsAcross } from './worlds/unions-across.ts';
import { unusableKeys } from './worlds/unusable-keys.ts';
import { valueTypes } from './worlds/value-types.ts';

export const WORLDS: readonly World[] = [
  severalKeys,
  unusableKeys,
  interfaceObjects,
  requiringInterfaceObjects,
  requiringMuch,
  requiresArguments,
  requiresChains,
  provided,
  overridden,
  renamedRoots,
  contexts,
  movingFields,
  abstractTypes,
  nestedLists,
  strictFields,
  inaccessible,
  mutations,
  valueTypes,
  twoPaths,
  inputs,
  oddNames,
  aliasedKeys,
  federation1,
  orders,
  unionsAcross,
  shelves,
];
