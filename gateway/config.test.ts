import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { DEFAULT_FRONT } from './policy/front-settings.ts';

describe('settings', () => {
  it('have defaults, which this machine alone can reach', () => {
    expect(readConfig({})).toEqual({
      port: 4000,
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      databaseUrl: undefined,
      subgraphUrls: {},
      subgraphTimeoutMs: 3000,
      deadlineMs: 10_000,
      front: DEFAULT_FRONT,
      poolSize: 8,
      today: undefined,
      logLevel: 'warn',
      otlpEndpoint: undefined,
      metricsToken: undefined,
      underNpm: false,
      calledFrom: process.cwd(),
    });
  });

  it('are read from the environment; an empty one is as if it were not there', () => {
    const env = {
      PORT: '0',
      LISTEN_HOST: '::1',
      DATA_DIR: '/srv/data',
      SUBGRAPH_URLS: 'students=http://10.0.0.5:4001, shared-teaching=https://teaching.example/shared/graphql',
      SUBGRAPH_TIMEOUT_MS: '500',
      DEADLINE_MS: '2000',
      LIMIT_BODY: '1000',
      LIMIT_TOKENS: '1',
      LIMIT_DEPTH: '2',
      LIMIT_FIELDS: '3',
      LIMIT_SELECTIONS: '9',
      LIMIT_ALIASES: '4',
      LIMIT_DIRECTIVES: '5',
      LIMIT_LIST: '6',
      LIMIT_VALUE_DEPTH: '11',
      LIMIT_INTROSPECTION_DEPTH: '7',
      LIMIT_INTROSPECTION: '8',
      LIMIT_COST: '12',
      ASSUMED_LIST_SIZE: '13',
      LIMIT_BUDGET: '14',
      LIMIT_BUDGET_STRANGERS: '15',
      LIMIT_PLANNING: '16',
      LIMIT_PLANNING_STRANGERS: '17',
      LIMITS: 'measure',
      PRODUCTION: '1',
      INTROSPECTION: 'signed-in',
      AUTHORISATION: 'reject',
      CORS_ORIGINS: 'https://staff.example, http://localhost:5173',
      POOL_SIZE: '3',
      TODAY: '2026-11-18',
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318',
      METRICS_TOKEN: 'a-token-for-the-metrics',
      npm_lifecycle_event: 'start',
      INIT_CWD: '/home/demo',
    };
    const databaseUrl = 'postgresql://graph:secret@db.example:5432/graph?sslmode=require';
    expect(readConfig({ ...env, DATABASE_URL: databaseUrl })).toEqual({
      port: 0,
      host: '::1',
      dataDir: '/srv/data',
      databaseUrl,
      subgraphUrls: {
        students: 'http://10.0.0.5:4001/graphql',
        'shared-teaching': 'https://teaching.example/shared/graphql',
      },
      subgraphTimeoutMs: 500,
      deadlineMs: 2000,
      front: {
        limits: {
          tokens: 1,
          depth: 2,
          fields: 3,
          selections: 9,
          aliases: 4,
          directives: 5,
          list: 6,
          valueDepth: 11,
          introspectionDepth: 7,
          introspection: 8,
          cost: 12,
        },
        clientRates: { budget: { signedIn: 14, strangers: 15 }, planning: { signedIn: 16, strangers: 17 } },
        assumedListSize: 13,
        limitMode: 'measure',
        mostBodyBytes: 1000,
        isProduction: true,
        introspection: 'signed-in',
        authorisation: 'reject',
        corsOrigins: ['https://staff.example', 'http://localhost:5173'],
      },
      poolSize: 3,
      today: '2026-11-18',
      logLevel: 'info',
      otlpEndpoint: new URL('http://collector.example:4318'),
      metricsToken: 'a-token-for-the-metrics',
      underNpm: true,
      calledFrom: '/home/demo',
    });
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', TODAY: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '4e3'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'hunter2'],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/graph'],
    ['DATABASE_URL', 'postgres://root:hunter2@localhost'],
    ['SUBGRAPH_URLS', 'http://10.0.0.5:4001'],
    ['SUBGRAPH_URLS', 'students=10.0.0.5:4001'],
    ['SUBGRAPH_URLS', 'students=file:///etc/passwd'],
    ['SUBGRAPH_URLS', 'students=http://graph:hunter2@10.0.0.5:4001'],
    ['SUBGRAPH_URLS', 'students=http://10.0.0.5:4001 shared-teaching=http://10.0.0.5:4002'],
    ['SUBGRAPH_TIMEOUT_MS', '-7'],
    ['SUBGRAPH_TIMEOUT_MS', '3s'],
    ['DEADLINE_MS', '600001'],
    ['POOL_SIZE', '-8'],
    ['POOL_SIZE', '101'],
    ['LIMIT_DEPTH', '0'],
    ['LIMIT_TOKENS', '1e3'],
    ['LIMIT_BODY', '64KB'],
    ['LIMITS', 'off'],
    ['PRODUCTION', 'yes'],
    ['INTROSPECTION', 'developers'],
    ['AUTHORISATION', 'nothing'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://*.example'],
    ['CORS_ORIGINS', 'https://staff.example/'],
    ['CORS_ORIGINS', 'https://staff.example/page'],
    ['CORS_ORIGINS', 'https://Staff.example'],
    ['CORS_ORIGINS', 'https://staff.example:443'],
    ['CORS_ORIGINS', 'https://me@staff.example'],
    ['CORS_ORIGINS', 'staff.example'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://staff.example,,https://pages.example'],
    ['TODAY', '18/11/2026'],
    ['TODAY', '2026-02-30'],
    ['LOG_LEVEL', 'loud'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'file:///srv'],
    ['METRICS_TOKEN', 'hunter2'],
    ['METRICS_TOKEN', 'hunter2 hunter2 hunter2'],
  ])('%s=%s is refused, by name and without its value', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^The settings do not hold. ${name}: expected `));
    expect(() => readConfig({ [name]: value })).not.toThrow(value);
  });

  it('that give a request less time than a call are refused: a call that hangs would never be told from its client’s', () => {
    const env = { SUBGRAPH_TIMEOUT_MS: '2000', DEADLINE_MS: '1999' };
    expect(() => readConfig(env)).toThrow(/DEADLINE_MS: expected .*, no less than SUBGRAPH_TIMEOUT_MS\./);
    expect(() => readConfig({ DEADLINE_MS: '2999' })).toThrow(/DEADLINE_MS: /);
    expect(readConfig({ ...env, DEADLINE_MS: '2000' }).deadlineMs).toBe(2000);
    expect(readConfig({ SUBGRAPH_TIMEOUT_MS: '12000' }).deadlineMs).toBe(12_000);
  });

  it('are refused all at once', () => {
    expect(() => readConfig({ PORT: 'x', TODAY: 'y' })).toThrow(/PORT: .*TODAY: /);
  });
});
