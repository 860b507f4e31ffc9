/**
 * Run anew for each test file, before it. Test files share a process and the modules in it: what one opens is closed after
 * it, and it fails where it leaves the process other than it found it.
 */
import { afterAll, expect } from 'vitest';
import { closeAll } from './at-end.ts';

const HEARD = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'warning', 'uncaughtException', 'unhandledRejection'];

function stateOfProcess() {
  // the gateway's, for good: its maker's packages read nothing else
  const { APOLLO_TELEMETRY_DISABLED: _, ...env } = process.env;
  const listeners = Object.fromEntries(HEARD.map((event) => [event, process.listenerCount(event)]));
  return { env, listeners, folder: process.cwd(), exitCode: process.exitCode };
}

const found = stateOfProcess();

afterAll(async () => {
  await closeAll();
  expect(stateOfProcess()).toEqual(found);
});
