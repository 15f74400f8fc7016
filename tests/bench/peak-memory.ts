import { readFileSync, writeFileSync } from 'node:fs';

const MEBIBYTE = 1024;

/** The most memory that a process has had resident since `forgetPeak`, in MiB. Source: proc(5), "VmHWM". */
export function peakMemory(pid: number): number {
  return memoryOf(pid, /VmHWM:\s+(\d+) kB/);
}

/** The memory that a process has resident now, in MiB. Source: proc(5), "VmRSS". */
export function residentMemory(pid: number): number {
  return memoryOf(pid, /VmRSS:\s+(\d+) kB/);
}

function memoryOf(pid: number, line: RegExp): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(line.exec(status)?.[1]) / MEBIBYTE);
}

/** Lets the peak count from now on. Source: proc(5), "clear_refs". */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
