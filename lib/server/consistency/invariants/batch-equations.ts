import { metaKey } from '@/lib/server/batches/batch-item';
import { readBatchItem } from '@/lib/server/batches/read-batch';
import type { Write } from '@/lib/server/batches/run/counted-transaction';
import { checkBatches } from '@/lib/server/consistency/check-batches';
import { type Sums, sumChunks } from '@/lib/server/consistency/invariants/chunk-sums';
import {
  type Finding,
  type Invariant,
  type RepairPlan,
  segmented,
} from '@/lib/server/consistency/invariants/invariant';
import { sumTargets } from '@/lib/server/consistency/invariants/target-sums';
import type { Batch } from '@/lib/shared/batch';
import type { Difference } from '@/lib/shared/consistency';

/** The numbers that stand on the right of the equation. */
const PARTS = {
  import: ['created', 'rejected', 'failed', 'waiting'],
  undo: ['deleted', 'kept', 'waiting'],
  bulk: ['succeeded', 'skipped', 'failed', 'waiting'],
} as const;

type Kind = keyof typeof PARTS;
type Numbers = Record<string, number>;

/**
 * The numbers of each batch add up to its rows, and are the sums over its parts. Checked batch by batch; a difference shows
 * the equation as its parts have it and as it is stored, and is repaired by replacing the numbers.
 */
export const batchEquations: Invariant = {
  name: 'batch-equations',
  parts: segmented('batches', 1, (piece) => checkBatches(piece, lookAtNumbers)),
  plan: planNumbers,
};

type Look = { finding: Finding | 'moving' | undefined; read: number; expected: Numbers; found: Numbers };

async function lookAtNumbers(batchId: string, requestId: string): Promise<Look> {
  const before = await readBatchItem(batchId, requestId);
  const kind = kindOf(before);
  const found = numbersOf(before, kind);
  // Rows of a file that is being received, or was refused, are counted nowhere yet.
  const isCounted = before.state !== 'receiving' && before.state !== 'failed_to_receive';
  const expected = isCounted ? await sumsOf(before, kind, requestId) : found;
  const after = numbersOf(await readBatchItem(batchId, requestId), kind);
  const look = { read: 2 + before.chunks, expected, found };
  if (equation(found, kind) !== equation(after, kind)) return { ...look, finding: 'moving' };
  if (!isCounted || (equation(expected, kind) === equation(found, kind) && isBalanced(found, kind))) {
    return { ...look, finding: undefined };
  }
  return { ...look, finding: findingOf(batchId, kind, { expected, found }) };
}

function findingOf(
  target: string,
  kind: Kind,
  { expected, found }: { expected: Numbers; found: Numbers },
): Finding {
  const sides = { expected: equation(expected, kind), found: equation(found, kind) };
  return {
    target,
    ...sides,
    repair: 'Replaces the numbers of the batch by those of its parts',
    advice: null,
  };
}

function kindOf({ kind }: Batch): Kind {
  if (kind === 'import' || kind === 'undo') return kind;
  return 'bulk';
}

const numbersOf = (batch: Batch, kind: Kind): Numbers => ({
  rows: batch.rows,
  ...Object.fromEntries(PARTS[kind].map((name) => [name, batch[name]])),
});

function isBalanced(numbers: Numbers, kind: Kind): boolean {
  return numbers.rows === PARTS[kind].reduce((sum, name) => sum + (numbers[name] ?? 0), 0);
}

function equation(numbers: Numbers, kind: Kind): string {
  const parts = PARTS[kind].map((name) => `${numbers[name]} ${name}`).join(' + ');
  return `${numbers.rows} rows = ${parts}`;
}

async function sumsOf(batch: Batch, kind: Kind, requestId: string): Promise<Numbers> {
  if (kind === 'bulk') return sumTargets(batch.batchId, requestId);
  if (kind === 'import') return pick(await sumChunks(batch.batchId, requestId));
  const { deleted, kept } = await sumChunks(batch.undoes ?? '', requestId);
  return { rows: batch.rows, deleted, kept, waiting: batch.rows - deleted - kept };
}

function pick({ rows, created, rejected, failed, waiting }: Sums): Numbers {
  return { rows, created, rejected, failed, waiting };
}

async function planNumbers({ target, found }: Difference, requestId: string): Promise<RepairPlan> {
  const { finding, ...look } = await lookAtNumbers(target, requestId);
  if (!finding) return { kind: 'gone', message: 'The numbers are right by now' };
  if (finding === 'moving' || finding.found !== found) {
    return { kind: 'changed', message: 'The numbers have changed since: check again' };
  }
  const writes = [replaceNumbers(target, look)];
  return { kind: 'repair', before: finding.found, after: finding.expected, writes };
}

function replaceNumbers(batchId: string, { expected, found }: { expected: Numbers; found: Numbers }): Write {
  const names = Object.keys(expected);
  return {
    Update: {
      ...metaKey(batchId),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
      ConditionExpression: names.map((name) => `#${name} = :seen_${name}`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        names.flatMap((name) => [
          [`:new_${name}`, expected[name]],
          [`:seen_${name}`, found[name]],
        ]),
      ),
    },
  };
}
