import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The machine, and the container where it has processes of its own: within it a process is known by its number. */
export const HOST = `${hostname()} ${processSpace()}`;

function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return ''; // Only Linux has them.
  }
}

/** Whether a process of this number runs here. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException | null)?.code === 'EPERM';
  }
}

/**
 * When a process began, in ticks since the machine started; '' where that cannot be told. Numbers of processes are given out again: a
 * process that began at another time is another one.
 */
export function beganAt(pid: number): string {
  try {
    // The second field is the name in brackets, which may hold anything; the time is the 22nd.
    const told = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return told.slice(told.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
