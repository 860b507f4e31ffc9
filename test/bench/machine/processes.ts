/** What a process and its children have used of the machine, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's unit of CPU time towards programs, on every platform that Node runs on (`man 5 proc`, `getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

const PAGES_OF_STATUS = /^VmRSS:\s+(\d+) kB/m;

/** Seconds of CPU, user's and system's, of all threads; of children that have ended, too. */
export const cpuSecondsOf = (pid: number): number =>
  sumOver(pid, (each) => cpuTicksIn(readFileSync(`/proc/${each}/stat`, 'utf8'))) / TICKS_PER_SECOND;

/** Bytes that it holds in memory. */
export const memoryOf = (pid: number): number =>
  sumOver(pid, (each) => Number(PAGES_OF_STATUS.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1] ?? 0) * 1024);

/** Seconds that all cores together have worked since the machine was started, for whomever. */
export const machineBusySeconds = (): number => busyTicksIn(readFileSync('/proc/stat', 'utf8')) / TICKS_PER_SECOND;

/** Fields 14 to 17 of `/proc/<pid>/stat`; the second, the program's name, may hold spaces and brackets. */
export function cpuTicksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

/** user, nice, system, irq, softirq; idle, iowait and what other machines took (steal) are left out. */
export function busyTicksIn(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '')
    .split(' ')
    .map(Number);
  return user + nice + system + irq + softirq;
}

/** A process that ends meanwhile counts for nothing. */
function sumOver(pid: number, figure: (pid: number) => number): number {
  try {
    return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + figure(each), 0);
  } catch {
    return 0;
  }
}

function descendantsOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}
