import { exceededLimit, shownNumber, unreadableFile } from '@/lib/server/batches/file/file-problem';
import type { FileRow } from '@/lib/server/batches/file/file-row';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';
import { COLUMN_NAME_LENGTH } from '@/lib/shared/batch-header';

/**
 * Turns flat objects into rows of text cells. Columns are the fields in the order in which they first appear: `columns`
 * grows, and rows made before are shorter. Names never become keys of an object of ours, so `__proto__` is a name as any.
 */
export function objectRows() {
  const columns: string[] = [];
  const positions = new Map<string, number>();

  const positionOf = (name: string, rowNumber: number): number => {
    const known = positions.get(name);
    if (known !== undefined) return known;
    checkName(name, rowNumber, columns.length + 1);
    positions.set(name, columns.length);
    return columns.push(name) - 1;
  };

  const toRow = (value: unknown, rowNumber: number): FileRow => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { rowNumber, cells: [], problem: 'This is no object: write each row as {"field": "value"}' };
    }
    const cells: string[] = [];
    let problem: string | undefined;
    for (const [name, content] of Object.entries(value)) {
      const { text, reason } = cellOf(content);
      cells[positionOf(name, rowNumber)] = text;
      if (reason) problem ??= `"${name}" ${reason}`;
    }
    const filled = Array.from({ length: columns.length }, (_, position) => cells[position] ?? '');
    return { rowNumber, cells: filled, ...(problem ? { problem } : {}) };
  };

  return { columns, toRow };
}

function checkName(name: string, rowNumber: number, count: number): void {
  if (name.trim() === '') throw unreadableFile(`Row ${rowNumber} has a field without a name: name it`);
  if (name.length > COLUMN_NAME_LENGTH) {
    throw unreadableFile(
      `Row ${rowNumber} has a field whose name has more than ${COLUMN_NAME_LENGTH} characters`,
    );
  }
  if (count <= UPLOAD_LIMITS.columns) return;
  throw exceededLimit({
    limit: 'columns',
    most: UPLOAD_LIMITS.columns,
    unit: 'fields over all rows',
    measured: `Row ${shownNumber(rowNumber)} brings field number ${count}`,
  });
}

function cellOf(content: unknown): { text: string; reason?: string } {
  if (content === null) return { text: '' };
  if (typeof content === 'string') return { text: content };
  if (typeof content === 'object') {
    return { text: JSON.stringify(content), reason: 'is nested: give a text, a number, true, false or null' };
  }
  // JSON keeps more digits than a number does here: the cell would silently hold another one.
  const isExact = typeof content !== 'number' || !Number.isInteger(content) || Number.isSafeInteger(content);
  const text = String(content);
  return isExact ? { text } : { text, reason: 'is a number too large to be exact: write it in quotes' };
}
