import { afterEach, beforeEach, expect, vi } from 'vitest';
import { log } from '@/lib/server/log';

let areExpected = false;

/** Says that this test makes something fail that the product must log as an ERROR; in any other test that is a failure. */
export function expectErrorLogs(): void {
  areExpected = true;
}

beforeEach(() => {
  areExpected = false;
  vi.spyOn(log, 'error');
});

afterEach(() => {
  const lines = vi
    .mocked(log.error)
    .mock.calls.map(([event, fields]) => `${event}: ${JSON.stringify(fields)}`);
  vi.mocked(log.error).mockRestore();
  if (areExpected) expect(lines, 'expected ERROR log lines').not.toEqual([]);
  else expect(lines, 'unexpected ERROR log lines').toEqual([]);
});
