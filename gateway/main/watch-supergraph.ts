/**
 * Looks at the supergraph's file while it is served. A look, unlike the notices of a file system, survives that the file
 * is replaced, removed and written in parts, and works on network drives and mounted volumes.
 */
import { randomUUID } from 'node:crypto';
import type { ReportError } from '../http/mask-errors.ts';
import { digestOf, readSupergraphFile, stampOf } from './supergraph-file.ts';

interface WatchedSupergraph {
  path: string;
  /** What is served from the start. */
  served: string;
  /** Throws why it is not served. */
  serve(sdl: string): Promise<void>;
  /** Given one line for each change, that says how it went. */
  tell(line: string): void;
  /** Told of a look that failed in another way than the supergraph does; the next one is taken all the same. */
  reportError: ReportError;
  lookMs?: number;
}

const LOOK_MS = 500;

/** Gives back how to stop. */
export function watchSupergraph({ lookMs = LOOK_MS, reportError, ...watched }: WatchedSupergraph): () => void {
  const look = createLook(watched);
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      await look();
    } catch (error) {
      reportError(randomUUID(), error);
    } finally {
      isLooking = false;
    }
  }, lookMs).unref();
  return () => clearInterval(timer);
}

function createLook({ path, served, serve, tell }: Omit<WatchedSupergraph, 'reportError'>): () => Promise<void> {
  let servedDigest = digestOf(served);
  let state: 'served' | 'refused' | 'gone' = 'served';
  let lastStamp: string | null | undefined;
  let knownStamp: string | null | undefined;

  const take = async (): Promise<void> => {
    const text = await readSupergraphFile(path);
    const digest = digestOf(text);
    if (digest === servedDigest) {
      if (state !== 'served') tell(`The supergraph’s file is again the one that is served (sha256 ${digest}…).`);
      state = 'served';
      return;
    }
    state = 'refused';
    await serve(text);
    [state, servedDigest] = ['served', digest];
    tell(`The supergraph’s file changed, and is served from now on (sha256 ${digest}…).`);
  };

  return async () => {
    const stamp = await stampOf(path);
    const isStill = stamp === lastStamp;
    lastStamp = stamp;
    // one that is being written is left alone until it stands still from one look to the next
    if (!isStill || stamp === knownStamp) return;
    knownStamp = stamp;
    if (stamp === null) {
      state = 'gone';
      tell(`The supergraph’s file is gone. The last good graph is served on (sha256 ${servedDigest}…).`);
      return;
    }
    try {
      await take();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tell(
        `The supergraph’s file changed, and the last good graph is served on (sha256 ${servedDigest}…). ${oneLine(reason)}`,
      );
    }
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').slice(0, 1_000);
