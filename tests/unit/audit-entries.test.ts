import { describe, expect, it } from 'vitest';
import { joinEntries, unseenEntries } from '@/lib/client/audit-log';
import type { AuditEntry, AuditPage, AuditRowsEntry } from '@/lib/shared/audit-log';

const ACTOR = { id: 'user_1', role: 'admin', department: 'IT' } as const;

const rowsOf = (batchId: string, rows: number, at: string): AuditRowsEntry => ({
  ...{ kind: 'rows', action: 'CREATE_ASSIGNMENT', batchId, sourceBatchId: batchId, fileName: 'a.csv' },
  ...{ actor: ACTOR, requestId: 'req_1', rows, segments: 1, firstTime: at, lastTime: at },
});

const page = (...items: AuditEntry[]): AuditPage => ({
  ...{ items, cursor: null, scanned: 1, estimate: { count: 1, isExact: true }, index: 'time' },
  ...{ stoppedEarly: false, reachedTime: null, people: {} },
});

describe('the list of the audit trail', () => {
  it('joins the rows of a batch that go on with the next page to the entry that is there', () => {
    const first = page(rowsOf('b1', 500, '2026-11-25T06:02:00.000Z'));
    const next = page(
      rowsOf('b1', 206, '2026-11-25T06:01:00.000Z'),
      rowsOf('b2', 3, '2026-11-25T05:00:00.000Z'),
    );

    expect(joinEntries([first, next])).toMatchObject([
      {
        batchId: 'b1',
        rows: 706,
        segments: 2,
        firstTime: '2026-11-25T06:01:00.000Z',
        lastTime: '2026-11-25T06:02:00.000Z',
      },
      { batchId: 'b2', rows: 3 },
    ]);
  });

  it('takes from the live tail only what it does not show yet', () => {
    const shown = [rowsOf('b1', 500, '2026-11-25T06:02:00.000Z')];
    const fresh = rowsOf('b2', 3, '2026-11-25T06:03:00.000Z');

    expect(unseenEntries([fresh, ...shown], shown)).toEqual([fresh]);
  });
});
