import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { answerLines } from '@/lib/server/requests/keep-answer';
import { type KeptLine, keeper, putBack } from '@/lib/server/requests/keep-line';
import { droppedItem, lineItem } from '@/lib/server/requests/line-item';

/**
 * Stores the log lines that this process has kept for the pages of their requests, and how the `exemplars` of the metrics
 * were answered. What the table does not take waits for the next time. Never throws.
 */
export async function storeLines(exemplars: ReadonlySet<string>, requestId: string): Promise<void> {
  const lines = [...keeper.waiting.splice(0), ...[...exemplars].flatMap(answerLines)];
  const refused: unknown[] = [];
  for (let start = 0; start < lines.length; start += env.BATCH_SIZE) {
    const group = lines.slice(start, start + env.BATCH_SIZE);
    putBack(await storeGroup(group, refused));
  }
  if (refused.length === 0) await storeDropped(refused);
  if (refused.length === 0) return;
  const { code, message } = classifyError(refused[0]);
  log.warn('log lines not stored yet', { requestId, operation: 'storeLines', code, reason: message });
}

/** @returns the lines that the table did not take; storing one of them twice changes nothing */
async function storeGroup(lines: KeptLine[], refused: unknown[]): Promise<KeptLine[]> {
  try {
    const puts = lines.map((line) => ({ PutRequest: { Item: lineItem(line) } }));
    const command = new BatchWriteCommand({ RequestItems: { [env.METRICS_TABLE]: puts } });
    const { UnprocessedItems } = await documentClient.send(command);
    const left = new Set(
      UnprocessedItems?.[env.METRICS_TABLE]?.map(({ PutRequest }) => String(PutRequest?.Item?.itemKey)),
    );
    return lines.filter((line) => left.has(lineItem(line).itemKey));
  } catch (thrown) {
    refused.push(thrown);
    return lines;
  }
}

/** A minute that still runs may drop more: its count is written again then. */
async function storeDropped(refused: unknown[]): Promise<void> {
  for (const [minute, count] of [...keeper.dropped]) {
    const put = { PutRequest: { Item: droppedItem(minute, keeper.process, count) } };
    try {
      const command = new BatchWriteCommand({ RequestItems: { [env.METRICS_TABLE]: [put] } });
      const { UnprocessedItems } = await documentClient.send(command);
      if (!UnprocessedItems?.[env.METRICS_TABLE] && minute !== keeper.minute) keeper.dropped.delete(minute);
    } catch (thrown) {
      refused.push(thrown);
    }
  }
}
