/** Every sentence that the log can say, and how loud. */

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_MESSAGES = {
  'A request was answered.': 'info',
  'A subgraph was called.': 'debug',
  'A call was served.': 'debug',
  'The circuit of a subgraph changed.': 'warn',
  'Calls were refused whose envelope did not open.': 'warn',
  'An internal error was answered.': 'error',
  'An event could not be handled; it is tried again.': 'error',
  'A chain of the record does not end as it was sealed: run npm run audit -- verify.': 'error',
  'The record cannot be sealed.': 'error',
  'Rows of the record have waited more than a minute for their seal.': 'warn',
  'A text was run that is in no list of its client.': 'info',
  'A published operation does not hold in the graph as it is served here; it is refused.': 'warn',
  'The lists of published operations could not be read; those before are kept.': 'error',
  'A dry run would have left out a field.': 'info',
  'The gateway’s tables could not be read; they are tried again.': 'warn',
  'The supergraph was changed for a new one.': 'info',
  'A new supergraph does not hold; the last good one is kept.': 'error',
} as const satisfies Record<string, LogLevel>;

export type LogMessage = keyof typeof LOG_MESSAGES;
