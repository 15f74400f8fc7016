import { derivedAssignmentId } from '@/lib/server/assignments/write-identity';
import { isRejectedFile } from '@/lib/server/batches/accept/corrected-batch';
import type { ChunkRow } from '@/lib/server/batches/chunks/chunk';
import { rowToken } from '@/lib/server/batches/chunks/row-token';
import { FAILED_ITEM_COLUMN } from '@/lib/shared/batch-header';

type Correction = Pick<ChunkRow, 'corrects' | 'assignmentId'>;

const CORRECTABLE = /^(?:create\.[\x21-\x7e]{1,255}|row\.([\w-]{1,100})\.(\d{1,9}))$/;

/**
 * What a row of our own file of failed items replaces: its item, and the ID under which that one would be written. Sharing
 * the ID, the two can never both become assignments, even where the first write had landed after all.
 */
export function correctionReader(columns: readonly string[]): (cells: readonly string[]) => Correction {
  const position = isRejectedFile(columns) ? columns.indexOf(FAILED_ITEM_COLUMN) : -1;
  return (cells) => {
    const corrects = cells[position]?.trim() ?? '';
    const [isItem, batchId, rowNumber] = CORRECTABLE.exec(corrects) ?? [];
    if (isItem === undefined) return {};
    if (batchId === undefined) return { corrects };
    return { corrects, assignmentId: derivedAssignmentId(rowToken(batchId, Number(rowNumber)), 0) };
  };
}
