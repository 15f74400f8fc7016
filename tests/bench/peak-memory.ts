import { readFileSync, writeFileSync } from 'node:fs';

const MEBIBYTE = 1024;

/** The most memory that a process has had resident since `forgetPeak`, in MiB. Source: proc(5), "VmHWM". */
export function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / MEBIBYTE);
}

/** Lets the peak count from now on. Source: proc(5), "clear_refs". */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
