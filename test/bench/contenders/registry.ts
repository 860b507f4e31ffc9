import type { Contender } from './contender.ts';
import { forwarder } from './forwarder.ts';
import { grafbase } from './grafbase.ts';
import { handWritten, handWrittenInProcess } from './hand-written.ts';
import { hive } from './hive.ts';
import { oursById, oursByText, oursInProcess } from './ours.ts';
import { stock } from './stock.ts';

/** In the order of their turns and of the table's rows. */
export const CONTENDERS: readonly Contender[] = [
  stock,
  hive,
  grafbase,
  handWritten,
  forwarder,
  oursByText,
  oursById,
  handWrittenInProcess,
  oursInProcess,
];
