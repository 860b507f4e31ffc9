/** The clock of services; rules take `today` as an argument. Demo and tests may set it. */
export interface Clock {
  now(): Date;
  /** The date in England, `YYYY-MM-DD`: school days change at midnight in Europe/London. */
  today(): string;
}

const londonDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

export const createClock = (now: () => Date = () => new Date()): Clock => ({
  now,
  today: () => londonDate.format(now()),
});
