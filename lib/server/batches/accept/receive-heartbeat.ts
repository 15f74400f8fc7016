import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { metaKey } from '@/lib/server/batches/batch-item';
import { classifyError } from '@/lib/server/classify-error';
import { documentClient } from '@/lib/server/dynamodb';
import { log } from '@/lib/server/log';
import { AppError } from '@/lib/shared/app-error';

/** Well within the silence after which a worker takes the receiving process for dead. */
const BEAT_MS = 3000;

export type ReceivedCounts = { rows: number; rejected: number; waiting: number };

export type Heartbeat = {
  /** What the next beats tell. */
  tell: (counts: ReceivedCounts) => void;
  /** Refuses to go on with a batch that somebody has ended meanwhile. */
  requireAlive: () => void;
  stop: () => void;
};

/** Tells every few seconds that this process still receives the file of a batch, and how many rows have come. */
export function startHeartbeat(batchId: string, requestId: string): Heartbeat {
  let counts: ReceivedCounts = { rows: 0, rejected: 0, waiting: 0 };
  let isEnded = false;
  const beat = async () => {
    try {
      await documentClient.send(beatUpdate(batchId, counts));
    } catch (thrown) {
      const { code, message } = classifyError(thrown);
      isEnded ||= code === 'CONDITIONAL_FAILED';
      log.warn('no sign of life', { requestId, operation: 'acceptBatch', batchId, code, reason: message });
    }
  };
  const timer = setInterval(beat, BEAT_MS).unref();
  return {
    tell: (received) => {
      counts = received;
    },
    requireAlive: () => {
      if (!isEnded) return;
      const message = 'This batch was ended while its file was being received. Upload the file again';
      throw new AppError('CONDITIONAL_FAILED', message, { errorClass: 'business' });
    },
    stop: () => clearInterval(timer),
  };
}

function beatUpdate(batchId: string, { rows, rejected, waiting }: ReceivedCounts): UpdateCommand {
  return new UpdateCommand({
    ...metaKey(batchId),
    UpdateExpression:
      'SET receivedAt = :now, updatedAt = :now, #rows = :rows, rejected = :rejected, waiting = :waiting',
    ConditionExpression: '#state = :receiving',
    ExpressionAttributeNames: { '#state': 'state', '#rows': 'rows' },
    ExpressionAttributeValues: {
      ':now': new Date().toISOString(),
      ':receiving': 'receiving',
      ':rows': rows,
      ':rejected': rejected,
      ':waiting': waiting,
    },
  });
}
