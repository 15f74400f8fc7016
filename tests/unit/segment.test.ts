import { brotliDecompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creationEvent } from '@/lib/server/audit-log/assignment-event';
import { expandSegment, toSegmentItem } from '@/lib/server/audit-log/segment';
import { rowAssignment } from '@/lib/server/batches/chunks/row-assignment';
import { ASSIGNMENT_TYPES } from '@/lib/shared/assignment';
import { aNewAssignment } from '@/tests/support/new-assignment';

const origin = {
  batchId: 'batch_1',
  author: { id: 'user_1', role: 'admin' as const, department: 'Registry' },
  requestId: 'req_1764000000000_abcdefghi',
  createdAt: '2026-11-24T10:00:00.000Z',
};

type Row = { rowNumber: number; assignmentId?: string; content?: Partial<ReturnType<typeof aNewAssignment>> };

const created = ({ rowNumber, assignmentId, content }: Row) => ({
  rowNumber,
  assignment: rowAssignment(
    {
      ...{ rowNumber, cells: [], assignment: aNewAssignment(content) },
      ...(assignmentId ? { assignmentId } : {}),
    },
    origin,
  ),
});

const segmentOf = (rows: Row[]) =>
  toSegmentItem({
    ...{ action: 'CREATE_ASSIGNMENT' as const, batchId: 'batch_1', sourceBatchId: 'batch_1' },
    ...{ author: origin.author, requestId: origin.requestId, time: origin.createdAt },
    rows: rows.map(created),
  });

describe('a segment of audit events', () => {
  it('expands to the events that its rows would have had alone', async () => {
    const rows = [{ rowNumber: 2 }, { rowNumber: 7, assignmentId: 'own-1' }, { rowNumber: 9 }];

    const item = await segmentOf(rows);
    const events = await expandSegment(item);

    expect(events).toEqual(
      rows.map((row) => {
        const { rowNumber, assignment } = created(row);
        const batch = { batchId: 'batch_1', rowNumber };
        return { ...creationEvent(assignment), batch, time: item.ingestedAt };
      }),
    );
  });

  it('gives every row back, whatever its numbers, texts and values', async () => {
    const rowArbitrary = fc.record({
      step: fc.integer({ min: 1, max: 1000 }),
      title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }),
      points: fc.integer({ min: 0, max: 100 }),
      type: fc.constantFrom(...ASSIGNMENT_TYPES),
      dueAt: fc.constantFrom(null, '2030-03-01T23:59:00.000Z'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 40 }), async (drawn) => {
        let rowNumber = 1;
        const rows = drawn.map(({ step, ...content }) => {
          rowNumber += step;
          return { rowNumber, content };
        });

        const item = await segmentOf(rows);
        const events = await expandSegment(item);

        expect(events).toEqual(
          rows.map((row) => ({
            ...creationEvent(created(row).assignment),
            batch: { batchId: 'batch_1', rowNumber: row.rowNumber },
            time: item.ingestedAt,
          })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('still reads a segment that was gzipped', async () => {
    const item = await segmentOf([{ rowNumber: 2 }]);
    const asBefore = { ...item, packed: gzipSync(brotliDecompressSync(item.packed)) };

    expect(await expandSegment(asBefore)).toEqual(await expandSegment(item));
  });

  it('costs at most 12 write units for 500 rows of a plausible file, in a transaction and with its index entries', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => ({
      rowNumber: at + 2,
      content: {
        courseId: `MOD${at % 40}-2026J`,
        title: `${['Essay', 'Report', 'Quiz', 'Lab book'][at % 4]} ${at} on ${['tides', 'glaciers', 'rivers'][at % 3]}`,
        type: ASSIGNMENT_TYPES[at % 6] ?? 'quiz',
        weight: (at * 7) % 100,
        dueAt: new Date(Date.UTC(2026, 9, 1 + (at % 120), 22, 59)).toISOString(),
      },
    }));

    const { packed } = await segmentOf(rows);

    const ofTheItem = 2 * Math.ceil((packed.byteLength + 900) / 1024);
    // Its entries in byActor, byRequest, byBatch and bySegmentHour are small: they leave out what is packed.
    const ofItsIndexes = 4;
    expect(ofTheItem + ofItsIndexes).toBeLessThanOrEqual(12);
  });
});
