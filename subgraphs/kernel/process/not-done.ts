/** What a command was asked for and does not do. The message is ours: what was expected, and what to do. */
export class NotDone extends Error {}
