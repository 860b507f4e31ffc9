/** However many operations come, and however much is made of each, what is kept of them weighs no more than it may. */
import { readFileSync } from 'node:fs';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../gateway/engine/engine.ts';
import { createKnownTexts } from '../../gateway/http/known-texts.ts';
import { createKnowOperation, type KnownOperation } from '../../gateway/operations/known-operation.ts';
import { MOST_PREPARED, weightOfDocument, weightOfPrepared } from '../../gateway/operations/operation-weight.ts';
import { createCatalogue } from '../../gateway/operations/persisted/catalogue.ts';
import { createKnowPublished } from '../../gateway/operations/persisted/know-published.ts';
import type { OperationLists } from '../../gateway/operations/persisted/lists.ts';
import { createPreparedOperations } from '../../gateway/operations/prepared-operations.ts';
import { RequestRefused } from '../../gateway/operations/request-refused.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { createClientThrottles } from '../../gateway/policy/throttles/client-throttles.ts';
import { readGraph } from '../../gateway/read-graph.ts';
import { callerOf } from '../kit/callers.ts';
import { published } from '../kit/operation-lists.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { UNTHROTTLED } from '../kit/unthrottled.ts';

const NO_ENGINE: Engine<object> = {
  apiSdl: '',
  prepare: async () => ({}),
  execute: () => Promise.reject(new Error('Nothing is to be run here.')),
  async close() {},
};

const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const supergraph = openSupergraph(sdl);
const { rules, admission } = readGraph(supergraph, DEFAULT_FRONT);
const throttles = createClientThrottles(UNTHROTTLED, () => performance.now())('enforce');
const know = createKnowOperation(admission);
const caller = callerOf('data-lead@birchwood.example');

function preparedOperations() {
  const { apiSchema } = supergraph;
  return createPreparedOperations({ apiSchema, rules, engine: NO_ENGINE, authorisation: 'filter', throttles });
}

function knownOf(text: string): KnownOperation {
  const document = parse(text);
  return know('whole', text, document, getOperationAST(document) ?? undefined, false);
}

/** Of few characters and many selections: its fragment is spread often. `conditions`: variables that it depends on. */
const bulky = (each: number, conditions = 0): KnownOperation => {
  const names = Array.from({ length: conditions }, (_, index) => `$v${index}`);
  const variables = conditions > 0 ? `query(${names.map((name) => `${name}: Boolean!`).join(' ')})` : '';
  const skipped = names.map((name) => `role @skip(if: ${name})`).join(' ');
  const fields = `guestProfiles(first: ${1 + (each % 20)}) { nodes { ${'...A '.repeat(20)} } }`;
  const viewer = conditions > 0 ? `viewer { ${skipped} }` : '';
  return knownOf(
    `${variables} { a${each}: __typename ${viewer} ${fields} } fragment A on GuestProfile { ${'id '.repeat(13)} }`,
  );
};

const total = (known: readonly KnownOperation[]) => known.reduce((sum, each) => sum + weightOfPrepared(each), 0);

describe('operations that are kept', () => {
  it('weigh no more together than they may, however short their texts are', async () => {
    const { preparedFor, recent } = preparedOperations();
    const operations = Array.from({ length: 300 }, (_, each) => bulky(each));
    expect(total(operations)).toBeGreaterThan(2 * MOST_PREPARED.texts.weight);
    for (const known of operations) await preparedFor(caller, known, null);
    const kept = recent().map(({ known }) => known);
    expect(total(kept)).toBeLessThanOrEqual(MOST_PREPARED.texts.weight);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept[0]).toBe(operations.at(-1));
  });

  it('and were published stay, whatever texts come', async () => {
    const { preparedFor, recent } = preparedOperations();
    const published = { client: 'web', id: 'id', name: 'A', text: '{ __typename }', hash: 'hash' };
    await preparedFor(caller, { ...knownOf('{ viewer { name } }'), key: 'published', published }, null);
    for (let each = 0; each < 100; each++) await preparedFor(caller, bulky(each), null);
    expect(recent()[0]?.known.published).toBe(published);
  });

  it('stay where a few come of which much is made', async () => {
    const { preparedFor, recent } = preparedOperations();
    const used = knownOf('{ viewer { name } }');
    await preparedFor(caller, used, null);
    const heavy = Array.from({ length: 20 }, (_, each) => bulky(each, 5));
    expect(total(heavy)).toBeGreaterThan(2 * MOST_PREPARED.texts.weight);
    for (const known of heavy) await preparedFor(caller, known, null);
    expect(recent().map(({ known }) => known)).toContain(used);
  });

  it('are all that are admitted, however much can be made of one', async () => {
    const { preparedFor, recent } = preparedOperations();
    const names = Array.from({ length: 8 }, (_, index) => `$v${index}`);
    const heaviest = knownOf(`query (${names.map((name) => `${name}: Boolean!`).join(' ')}) {
      viewer { ${names.map((name) => `role @skip(if: ${name})`).join(' ')} }
      guestProfiles { nodes { ${'...A '.repeat(20)} } }
    } fragment A on GuestProfile { ${'... { '.repeat(140)} id ${'} '.repeat(140)} }`);
    expect(heaviest.counts.selections).toBeGreaterThan(2_800);
    for (const known of [heaviest, ...Array.from({ length: 5 }, (_, each) => bulky(each, 5))])
      await preparedFor(caller, known, null);
    expect(recent().map(({ known }) => known)).toContain(heaviest);
  });

  it('weigh more the more sets of values their conditions have', () => {
    const [none, two] = [
      knownOf('{ viewer { name role } }'),
      knownOf('query($a: Boolean!, $b: Boolean!) { viewer { name @skip(if: $a) role @include(if: $b) } }'),
    ];
    expect(weightOfPrepared(two)).toBeGreaterThan(3 * weightOfPrepared(none));
  });
});

describe('documents that are kept', () => {
  const texts = createKnownTexts({ kept: 1_000, weight: 100 + weightOfDocument(30) });

  it('weigh no more than they may, and hold no tokens', () => {
    const [first, second] = [parse('{ viewer { name } }'), parse(`{ ${'a '.repeat(25)} }`)];
    texts.add('first', first);
    expect(texts.documentOf('first')).toBe(first);
    expect(first.loc?.startToken).toBeUndefined();
    texts.add('second', second);
    expect([texts.documentOf('first'), texts.documentOf('second')]).toEqual([undefined, second]);
  });

  it('still say where an error is', () => {
    const text = '{\n  viewer { nothing }\n}';
    const document = parse(text);
    texts.add(text, document);
    expect(() => know('whole', text, document, undefined, false)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ locations: [{ line: 2, column: 12 }] })] }),
    );
  });
});

describe('published operations', () => {
  it('are all known to hold or not, and kept as documents no more than there is room for', async () => {
    const know = vi.fn(createKnowPublished(admission));
    const catalogue = createCatalogue(know, admission.viewOf, { kept: 5, weight: 1_000_000 });
    const all = Array.from({ length: 10 }, (_, at) => published('web', `id${at}`, `query Q${at} { viewer { name } }`));
    const broken = published('web', 'broken', 'query Broken { nothing }');
    const lists: OperationLists = new Map([['web', { mode: 'open', versions: new Map([['1', [...all, broken]]]) }]]);
    const { signal } = new AbortController();
    const learnt = await catalogue.learn(lists, signal);
    expect([learnt.map(({ operation }) => operation), know.mock.calls.length]).toEqual([[broken], 11]);
    expect(await catalogue.learn(lists, signal)).toEqual(learnt);
    for (const operation of all.slice(0, 5)) catalogue.known(operation);
    expect(() => catalogue.known(broken)).toThrow(RequestRefused);
    expect(know.mock.calls.length).toBe(11);
    // what there was no room for is read when it is asked for, and what was not asked for longest goes
    for (const at of [9, 9, 1, 0]) expect(catalogue.known(all[at] ?? broken).source).toBe(all[at]?.text);
    expect(know.mock.calls.length).toBe(13);
  });

  it('are learnt no further once the gateway closes', async () => {
    const know = vi.fn(createKnowPublished(admission));
    const catalogue = createCatalogue(know, admission.viewOf);
    const all = [1, 2, 3].map((at) => published('web', `id${at}`, `query Q${at} { viewer { name } }`));
    const closing = new AbortController();
    const lists: OperationLists = new Map([['web', { mode: 'open', versions: new Map([['1', all]]) }]]);
    const learning = catalogue.learn(lists, closing.signal);
    closing.abort();
    await learning;
    expect(know.mock.calls.length).toBe(1);
  });
});
