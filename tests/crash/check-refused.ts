import { env } from '@/lib/server/env';
import { type Finding, finding } from '@/tests/crash/findings';
import { rawAssignments, rawItem, rawPartition } from '@/tests/crash/raw-tables';

/** A batch whose upload was cut says so, and nothing of it is anywhere. */
export async function checkRefused(batchId: string): Promise<Finding[]> {
  const meta = await rawItem(env.BATCHES_TABLE, { batchId, part: 'META' });
  const parts = (await rawPartition(env.BATCHES_TABLE, 'batchId', batchId)).filter(
    ({ part }) => part !== 'META',
  );
  const written = (await rawAssignments()).filter((item) => item.batchId === batchId);
  const events = await rawPartition(env.AUDIT_TABLE, 'lane', `S#${batchId}`);
  const counted = ['rows', 'created', 'rejected', 'failed', 'waiting'].filter((name) => meta?.[name] !== 0);
  return [
    ...finding('miscounted', counted.length, `a batch that was not received counts ${counted.join(', ')}`),
    ...finding('miscounted', parts.length, 'parts of a file that was not received are left'),
    ...finding('miscounted', written.length, 'rows of a file that was not received are written'),
    ...finding('miscounted', events.length, 'events of a file that was not received'),
    ...finding('lost', meta?.failure ? 0 : 1, 'a batch that was not received does not say why'),
  ];
}
