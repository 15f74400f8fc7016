import { describe, expect, it } from 'vitest';
import { rowName } from '@/lib/server/failed-items/failed-item-key';
import { readSearchText } from '@/lib/server/failed-items/find/search-text';

const { id, origin, itemKey } = rowName('batch_1-2', 7);
const row = { kind: 'item', key: { origin, itemKey } };

describe('a search text', () => {
  it.each([id, 'batch_1-2 row 7', 'batch_1-2, row 7', 'batch_1-2#7', 'batch_1-2 7', 'batch_1-2: 7'])(
    '%s means a row of a batch',
    (text) => expect(readSearchText(text)).toMatchObject(row),
  );

  it.each(['batch_1-2', 'batch_4242'])('%s means the batch, though it ends in digits', (batchId) =>
    expect(readSearchText(batchId)).toEqual({ kind: 'batch', batchId }),
  );

  it.each(['7', 'row 7', '#7', 'Row 7'])('%s means a row of any batch', (text) =>
    expect(readSearchText(text)).toEqual({ kind: 'row', rowNumber: 7 }),
  );

  it.each(['req_1_abc', 'assignment_7', 'row.', 'row.none.x', 'create.'])('%s means an ID as it is', (text) =>
    expect(readSearchText(text)).toEqual({ kind: 'id', id: text }),
  );
});
