import { env } from '@/lib/server/env';
import { processState } from '@/lib/server/process-state';
import type { AlertMessage } from '@/lib/shared/alert';

/** The longest subject that SNS takes. */
const SUBJECT_LENGTH = 100;

const TIMEOUT_MS = 5000;

const KINDS = { firing: 'Firing', resolved: 'Resolved', test: 'Test' } as const;

/**
 * Publishes a message to the SNS topic. Subscribers find the delivery ID among the attributes; a FIFO topic also drops
 * repetitions by it.
 * @throws where it may not have arrived
 */
export async function sendSns(message: AlertMessage): Promise<void> {
  const TopicArn = env.ALERT_SNS_TOPIC_ARN;
  if (!TopicArn) throw new Error('SNS is not configured');
  const { client, PublishCommand } = await snsOf(TopicArn);
  const { deliveryId, kind, alert } = message;
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  await client.send(
    new PublishCommand({
      TopicArn,
      Subject: asciiOf(`${KINDS[kind]}: ${alert.title}`).slice(0, SUBJECT_LENGTH),
      Message: JSON.stringify(message),
      MessageAttributes: { deliveryId: text(deliveryId), kind: text(kind), severity: text(alert.severity) },
      ...(TopicArn.endsWith('.fifo')
        ? { MessageGroupId: alert.ruleId, MessageDeduplicationId: deliveryId }
        : {}),
    }),
  );
}

const connected = processState('sns', () => new Map<string, ReturnType<typeof connect>>());

/** Loaded with the first message: whoever has no topic does not pay for the client. */
function snsOf(arn: string) {
  const known = connected.get(arn) ?? connect(arn);
  connected.set(arn, known);
  return known;
}

async function connect(arn: string) {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const region = arn.split(':')[3] || env.AWS_REGION;
  const requestHandler = {
    connectionTimeout: 1000,
    requestTimeout: TIMEOUT_MS,
    throwOnRequestTimeout: true,
  };
  // The outbox is what tries again.
  const client = new SNSClient({ maxAttempts: 1, requestHandler, ...(region ? { region } : {}) });
  return { client, PublishCommand };
}

/** SNS takes no other letters in a subject. */
const asciiOf = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');
