import { randomUUID } from 'node:crypto';
import { batchWrite } from '@/lib/server/batch-write';
import { env } from '@/lib/server/env';
import { type FailedItemItem, indexKeys } from '@/lib/server/failed-items/failed-item';
import { rowName } from '@/lib/server/failed-items/failed-item-key';
import { newFailedItem } from '@/lib/server/failed-items/record/new-failed-item';
import { newRequestId } from '@/lib/server/request-id';
import { AppError, type ErrorCode } from '@/lib/shared/app-error';
import { aNewAssignment } from '@/tests/support/new-assignment';

type Row = {
  batchId?: string;
  rowNumber?: number;
  code?: ErrorCode;
  message?: string;
  courseId?: string;
  overrides?: Partial<FailedItemItem>;
};

/** The failed item of a row, as a batch records it. */
export function aFailedRow({
  batchId = `batch_${randomUUID()}`,
  rowNumber = 2,
  code = 'THROTTLING',
  message = 'DynamoDB throttled this row at every attempt',
  courseId = 'C-1',
  overrides = {},
}: Row = {}) {
  const payload = aNewAssignment({ courseId, title: `Row ${rowNumber}` });
  const item = {
    ...newFailedItem(new AppError(code, message), {
      ...rowName(batchId, rowNumber),
      kind: 'batch_row',
      payload,
      title: payload.title,
      courseId,
      assignmentId: `assignment_${randomUUID()}`,
      writeToken: `${batchId}#${rowNumber}`,
      mayTakeNewId: true,
      batchId,
      rowNumber,
      row: { chunk: 1, courseId },
      counted: 'failed',
      actor: { id: 'user_1', role: 'admin', department: 'Physics' },
      requestId: newRequestId(),
      values: [],
    }),
    ...overrides,
  };
  return { ...item, ...indexKeys(item) };
}

/** A failed item as it is stored. */
export type StoredItem = ReturnType<typeof aFailedRow>;

const IN_FLIGHT = 2;

/** Puts failed items into the table, as they are given. */
export async function storeFailedItems(items: StoredItem[]): Promise<void> {
  const share = Math.ceil(items.length / IN_FLIGHT);
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, (_, at) =>
      batchWrite(env.FAILED_ITEMS_TABLE, requests.slice(at * share, (at + 1) * share), {
        operation: 'test',
        requestId: newRequestId(),
      }),
    ),
  );
}

/** The same item in another state, with the index keys of that state. */
export function inState<Item extends StoredItem>(item: Item, state: FailedItemItem['state']): Item {
  return { ...item, ...indexKeys({ ...item, state }), state, version: item.version + 1 };
}
