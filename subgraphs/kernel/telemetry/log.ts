/** The log: JSON lines, of fixed sentences and fields of declared types. No text from outside reaches it. */
import pino, { type DestinationStream } from 'pino';
import type { KnownNames } from './known-names.ts';
import { type LogFields, REDACTED, writtenFields } from './log-fields.ts';
import { LOG_MESSAGES, type LogLevel, type LogMessage } from './log-messages.ts';

export type Log = (message: LogMessage, fields?: LogFields) => void;

export interface LogOptions {
  level: LogLevel;
  names: KnownNames;
  /** Of the request that is being served. */
  traceId(): string | undefined;
  /** Standard error where it is not said: standard output is for the person who starts the graph. */
  to?: DestinationStream;
}

export function createLog({ level, names, traceId, to }: LogOptions): Log {
  const lines = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // written at once: the last lines before an end are those that matter
    to ?? pino.destination({ fd: 2, sync: true }),
  );
  return (message, fields = {}) => {
    const loud = Object.hasOwn(LOG_MESSAGES, message) ? LOG_MESSAGES[message] : null;
    if (!lines.isLevelEnabled(loud ?? 'error')) return;
    lines[loud ?? 'error'](writtenFields({ traceId: traceId(), ...fields }, names), loud ? message : REDACTED);
  };
}
