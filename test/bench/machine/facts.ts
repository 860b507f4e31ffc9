import { cpus, totalmem } from 'node:os';

/** On what it was measured, for people: processor, cores, memory, Node. */
export function machineFacts(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  return `${cpus().length} cores of ${first?.model.trim() ?? 'an unknown processor'}, ${memory}, Node ${process.version}`;
}
