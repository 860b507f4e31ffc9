/**
 * The log's side of "Internal error" with an id. The message is left out: that of a database or a parser quotes what it
 * was given, which may be somebody's. What went wrong is told by the kind of error, its code, and where it was thrown.
 */
export function reportError(id: string, error: unknown): void {
  console.error(JSON.stringify({ time: new Date().toISOString(), level: 'error', id, ...describeError(error) }));
}

export function reportFailedEvent(event: string, eventId: string, error: unknown): void {
  const what = { time: new Date().toISOString(), level: 'error', event, eventId };
  console.error(JSON.stringify({ ...what, ...describeError(error) }));
}

export interface ErrorDescription {
  name: string;
  code?: string;
  at: string[];
  cause?: ErrorDescription;
}

const FRAME = /^\s+at (?<place>.*:\d+:\d+\)?)$/;

export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const { code } = error as NodeJS.ErrnoException;
  // The stack begins with the message, whose lines may look like anything.
  const stack = (error.stack ?? '').replace(error.message, '').split('\n');
  const at = stack.flatMap((line) => FRAME.exec(line)?.groups?.place ?? []);
  return {
    name: error.name,
    ...(typeof code === 'string' && { code }),
    at,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
