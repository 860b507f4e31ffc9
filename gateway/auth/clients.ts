/** Programs that call the graph, and what schools let them do: what every gateway keeps in mind. */

/** How the operations of a client are met: any; any, and unknown ones are told of; only listed ones, by text or by id. */
export const CLIENT_MODES = ['open', 'log-unknown', 'safelist', 'require-id'] as const;

export type ClientMode = (typeof CLIENT_MODES)[number];

/** Of UK GDPR Article 6(1), (a) to (f): one of them a school must name for what an app does with its pupils' data. */
export const LAWFUL_GROUNDS = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;

export type LawfulGround = (typeof LAWFUL_GROUNDS)[number];
