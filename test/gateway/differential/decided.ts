/**
 * What engines disagreed on, were wrong in together, or might be, and what is right, with the reason. Nearly each was found
 * by the generated cases, is as short as it could be made, and is kept.
 */
import type { Fault } from './faults.ts';
import type { AskedOperation } from './open-world.ts';

export interface Decided extends AskedOperation {
  world: string;
  faults?: readonly Fault[];
  /** Its places with an error; where it is not said, what is right is the whole's answer. */
  errors?: readonly string[];
  /** With `errors`, where these alone do not tell right from wrong. */
  data?: unknown;
  /** Engines that were wrong, and are right now unless `stillWrong`. */
  wasWrong: readonly ('stock, mended' | 'compiled')[];
  stillWrong?: readonly ('stock, mended' | 'compiled')[];
  because: string;
}

export const DECIDED: readonly Decided[] = [
  {
    world: 'shared values',
    query:
      'query ($v1: Boolean!, $first: Boolean!) { nearest @skip(if: $v1) { id @skip(if: $first) @include(if: true) } ships { id } }',
    variables: { v1: false, first: true },
    wasWrong: ['stock, mended', 'compiled'],
    because: 'an object of which nothing is asked is there all the same',
  },
  {
    world: 'odd names',
    query: '{ constructor @skip(if: true) { id } spheres { id } }',
    wasWrong: ['stock, mended', 'compiled'],
    because: 'a field that is left out has no value, though every object has something of its name',
  },
  {
    world: 'odd names',
    query: '{ spheres { prototype } }',
    wasWrong: ['compiled'],
    because: 'a required field that is null is sent on as null, whatever its name',
  },
  {
    world: 'inputs',
    query:
      'query ($constructor: String, $representations: Float) { echo(number: $representations) shelf { echo(text: $constructor) } }',
    wasWrong: ['compiled'],
    because: 'a variable that was left out is left out, whatever its name',
  },
  {
    world: 'inaccessible',
    query: '{ files { boxed @skip(if: true) sealed } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'a field is answered though another, that requires something else of the entity, is left out by a literal',
  },
  {
    world: 'aliased keys',
    query: 'query ($v1: Boolean = false) { user { nickname email: granted @skip(if: $v1) } }',
    variables: { v1: true },
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'or by a variable',
  },
  {
    world: 'chains of requires',
    query: 'query ($v1: Boolean!) { houses { letter @include(if: $v1) tax id } }',
    variables: { v1: false },
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'or though what it requires is required by that other field, too',
  },
  {
    world: 'interface objects that require',
    query: '{ best { ... on Film { verdict } } media { id } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'a fragment that does not hold has no errors: no subgraph is asked of an entity without its key',
  },
  {
    world: 'interface objects that require',
    query: '{ media { id stars ... on Song { verdict } } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'what a field of one type requires is not missed of others; the planner asks one thing of all of them',
  },
  {
    world: 'interface objects that require',
    query: '{ media { ... on Song { verdict stars } ... on Book { stars } } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'nor is that field asked of others without what it requires: it may fail, and take its neighbours with it',
  },
  {
    world: 'interface objects that require much',
    query: `{ works { rating(scale: 2) ... on Play { credit } ... on Poem { weight(unit: "g") } ... on Tune { age } } }`,
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'and so where each of several types has a field that requires something else',
  },
  {
    world: 'interface objects that require much',
    query: `query ($scale: Int!, $unit: String) {
      shelf { age: rating(scale: $scale) ... on Poem { weight: credit rating: weight(unit: $unit) } }
      best { next { next { stars ... on Tune { verdict both } } } }
    }`,
    variables: { scale: 3, unit: null },
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'under other names, with variables of each field’s own, in lists of lists and further down, too',
  },
  {
    world: 'interface objects that require much',
    query: '{ works { size ... on Tune { weight } } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'a subgraph that knows an interface as an object is not asked of a type behind it that it does not know',
  },
  {
    world: 'interface objects that require much',
    query: '{ works { ... on Play { both } ... on Poem { verdict } } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'of what is required of two types some is required of one only',
  },
  {
    world: 'interface objects that require much',
    query: '{ works { both age } }',
    faults: [{ kind: 'call', subgraph: 'titles', how: 'is unreachable' }],
    data: { works: [1901, null, null, null].map((age) => ({ both: null, age })) },
    errors: ['["works",0]', '["works",1]', '["works",2]', '["works",3]'],
    wasWrong: [],
    because:
      'a required field that could not be had counts as not there for the field that requires it, and for no other',
  },
  {
    world: 'interface objects',
    query: '{ media { ... on Book { stars __typename } } }',
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'the name under which a subgraph knows an interface object is not the type of what is behind it',
  },
  {
    world: 'interface objects',
    query: '{ best { ... on Song { id } } }',
    faults: [{ kind: 'call', subgraph: 'catalogue', how: 'answers no data' }],
    errors: ['["best"]'],
    wasWrong: ['stock, mended'],
    stillWrong: ['stock, mended'],
    because: 'every null is explained: here by the call that did not tell which type it is',
  },
  {
    world: 'interface objects that require',
    query: '{ media { stars ... on Song { likes { id } } } }',
    faults: [{ kind: 'error', type: 'Media', field: 'likes', of: 'all' }],
    wasWrong: ['stock, mended', 'compiled'],
    because: 'a field that is asked of one type is asked of others, too, but what fails of it there is nobody’s error',
  },
  {
    world: 'mutations in series',
    query: 'mutation { a: pay(points: -1) { count } ...F } fragment F on Mutation { pay { count } }',
    wasWrong: ['stock, mended', 'compiled'],
    because:
      'a mutation’s fields run in the order in which they are collected (6.2.2): a fragment’s where it is spread',
  },
  {
    world: 'mutations in series',
    query: `mutation ($yes: Boolean!) { clear pay { count } ...F @include(if: $yes) pay { task { points } } }
      fragment F on Mutation { clear }`,
    variables: { yes: true },
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'fields of one response key are one (6.3.2): a change that stands twice is made once',
  },
  {
    world: 'shared values',
    query: '{ weather { wind } }',
    faults: [{ kind: 'wrong', field: 'wind', value: 'a text' }],
    wasWrong: ['stock, mended'],
    stillWrong: ['stock, mended'],
    because: 'a value that cannot be made one of its type is a field error (6.4.3), and no silent null',
  },
  {
    world: 'several keys',
    query: '{ taxable { id } }',
    faults: [{ kind: 'call', subgraph: 'catalogue', how: 'tells an error at a place that nobody asked for' }],
    errors: ['["taxable",0]', '["taxable",2]', '["taxable",3]'],
    wasWrong: ['stock, mended', 'compiled'],
    because: 'a number in a path is an entity’s after `_entities` alone; an error of no place is about the whole call',
  },
  {
    world: 'strict fields',
    query: '{ boxes { sealed } }',
    faults: [
      { kind: 'call', subgraph: 'seals', how: 'has too many entities' },
      { kind: 'null', type: 'Box', field: 'size', of: 'odd' },
    ],
    errors: ['["boxes",0]', '["boxes",1]', '["boxes",2]'],
    wasWrong: ['stock, mended'],
    stillWrong: ['stock, mended'],
    because: `an error is told once, where it happened (6.4.4): a call that failed was not for the box whose size could not be
      had, of which that is told already`,
  },
  {
    world: 'renamed roots',
    query: `query ($no: Boolean!) { again @skip(if: $no) { seats { id } cheapest { id } } ...F }
      fragment F on Query { __typename seats { id } }`,
    variables: { no: false },
    wasWrong: ['stock, mended', 'compiled'],
    stillWrong: ['stock, mended'],
    because: 'a planner names the root type also further down, where it has spread a client’s fragment there',
  },
  {
    world: 'orders',
    query: '{ orders { load } }',
    wasWrong: ['stock, mended'],
    stillWrong: ['stock, mended'],
    because: 'what is required in lists of lists is sent in lists of lists',
  },
];
