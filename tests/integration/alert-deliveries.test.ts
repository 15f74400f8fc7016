import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OUTBOX, placeOf } from '@/lib/server/alerts/alert-item';
import { deliverAlerts } from '@/lib/server/alerts/deliveries/deliver-alerts';
import { listChannels } from '@/lib/server/alerts/deliveries/list-channels';
import { testChannel } from '@/lib/server/alerts/deliveries/test-channel';
import { documentClient } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { newRequestId } from '@/lib/server/request-id';
import { alertMessageSchema } from '@/lib/shared/alert';
import { fire, outbox, pass, resolve } from '@/tests/support/alerts';
import { failCalls } from '@/tests/support/faults';

const SECRET = 'a secret that receivers know';
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alerts';

type Received = { headers: Record<string, string | string[] | undefined>; body: string };

/** Keeps what is sent to it, and answers with these statuses in turn, then with 200. */
async function receiver(statuses: number[] = [], answer = '') {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'text/xml' }).end(answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () => new Promise((closed) => server.close(closed).closeAllConnections());
  return { received, url: `http://127.0.0.1:${port}/hook`, close };
}

const messagesOf = (received: Received[]) =>
  received.map(({ body }) => alertMessageSchema.parse(JSON.parse(body)));

const deliver = () => deliverAlerts(newRequestId());

/** The state of one channel. */
async function stateOf(channel: 'webhook' | 'sns') {
  const states = await listChannels(newRequestId());
  return states.find((state) => state.channel === channel);
}

let hook: Awaited<ReturnType<typeof receiver>>;

async function listen(...statuses: number[]) {
  hook = await receiver(statuses);
  env.ALERT_WEBHOOK_URL = hook.url;
  env.ALERT_WEBHOOK_SECRET = SECRET;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(log, 'warn').mockReturnValue();
});

afterEach(async () => {
  vi.mocked(log.warn).mockRestore();
  vi.useRealTimers();
  await hook.close();
  env.ALERT_WEBHOOK_URL = undefined;
  env.ALERT_SNS_TOPIC_ARN = undefined;
  for (const { itemKey } of await outbox()) {
    await documentClient.send(new DeleteCommand(placeOf(OUTBOX, String(itemKey))));
  }
});

describe('a webhook', () => {
  it('gets a firing and a resolved alert, each signed with the time and the secret', async () => {
    await listen();
    const ruleId = `rule-${randomUUID()}`;

    await fire(ruleId);
    await deliver();
    await resolve(ruleId);
    await deliver();

    expect(messagesOf(hook.received).map(({ kind, alert }) => [kind, alert.ruleId])).toEqual([
      ['firing', ruleId],
      ['resolved', ruleId],
    ]);
    for (const { headers, body } of hook.received) {
      const timestamp = headers['x-assignment-desk-timestamp'];
      const expected = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
      expect(headers['x-assignment-desk-signature']).toBe(`sha256=${expected}`);
    }
    expect(await outbox()).toEqual([]);
  });

  it('is tried again after failures, later each time, with the same delivery ID, and not after success', async () => {
    await listen(503, 500);
    const before = (await stateOf('webhook'))?.delivered ?? 0;

    await fire(`rule-${randomUUID()}`);
    await deliver();
    await deliver();
    const failed = await stateOf('webhook');
    pass(5);
    await deliver();
    pass(5);
    await deliver();
    const tooEarly = hook.received.length;
    pass(5);
    await deliver();
    pass(600);
    await deliver();

    expect(tooEarly).toBe(2);
    expect(hook.received).toHaveLength(3);
    expect(new Set(messagesOf(hook.received).map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(failed).toMatchObject({ waiting: 1, lastFailure: { message: 'The receiver answered 503' } });
    expect(await stateOf('webhook')).toMatchObject({ waiting: 0, delivered: before + 1, lastFailure: null });
  });

  it('gets a message once where two processes deliver at the same moment', async () => {
    await listen();
    await fire(`rule-${randomUUID()}`);

    await Promise.all([deliver(), deliver(), deliver()]);

    expect(hook.received).toHaveLength(1);
  });

  it('gets what a process owed that was killed between the transition and the sending', async () => {
    await listen();
    await fire(`rule-${randomUUID()}`);
    const owed = await outbox();

    await deliver();

    expect(owed).toHaveLength(1);
    expect(hook.received).toHaveLength(1);
  });

  it('gets a message again under its own ID where its sender was killed before it could note that', async () => {
    await listen();
    await fire(`rule-${randomUUID()}`);
    const recover = failCalls('ResourceNotFoundException', { command: 'TransactWriteItems' });

    await expect(deliver()).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    recover();
    pass(29);
    await deliver();
    const whileLeased = hook.received.length;
    pass(2);
    await deliver();

    expect(whileLeased).toBe(1);
    const [first, second] = messagesOf(hook.received);
    expect(second).toEqual(first);
    expect(await outbox()).toEqual([]);
  });

  it('says what came of a test', async () => {
    await listen(401);

    const refused = await testChannel('webhook', newRequestId());
    const accepted = await testChannel('webhook', newRequestId());

    expect(refused).toEqual({ isDelivered: false, message: 'The receiver answered 401' });
    expect(accepted.isDelivered).toBe(true);
    expect(messagesOf(hook.received).map(({ kind }) => kind)).toEqual(['test', 'test']);
  });

  it('is not used without a secret, nor for addresses that are not of the web', async () => {
    await listen();
    env.ALERT_WEBHOOK_SECRET = undefined;
    const unsigned = await stateOf('webhook');
    env.ALERT_WEBHOOK_SECRET = SECRET;
    env.ALERT_WEBHOOK_URL = 'file:///etc/passwd';

    await fire(`rule-${randomUUID()}`);

    expect(unsigned).toMatchObject({ isConfigured: false });
    expect(await stateOf('webhook')).toMatchObject({ isConfigured: false });
    expect(await outbox()).toEqual([]);
    await expect(testChannel('webhook', newRequestId())).rejects.toMatchObject({
      code: 'CONDITIONAL_FAILED',
    });
  });
});

describe('an SNS topic', () => {
  it('gets the alert with its delivery ID, and is tried again where it refuses', async () => {
    const answer =
      '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
    hook = await receiver([500], answer);
    vi.stubEnv('AWS_ENDPOINT_URL_SNS', hook.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    env.ALERT_SNS_TOPIC_ARN = TOPIC;
    const ruleId = `rule-${randomUUID()}`;

    await fire(ruleId);
    await deliver();
    pass(5);
    await deliver();
    vi.unstubAllEnvs();

    const requests = hook.received.map(({ body }) => new URLSearchParams(body));
    const messages = requests.map((sent) => alertMessageSchema.parse(JSON.parse(sent.get('Message') ?? '')));
    expect(requests[0]?.get('TopicArn')).toBe(TOPIC);
    expect(requests[0]?.get('Subject')).toBe('Firing: Writes throttled');
    expect(messages[1]).toMatchObject({
      kind: 'firing',
      alert: { ruleId },
      deliveryId: messages[0]?.deliveryId,
    });
    expect(await stateOf('sns')).toMatchObject({ target: 'alerts', waiting: 0, delivered: 1 });
  });
});
