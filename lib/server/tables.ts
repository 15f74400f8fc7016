import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { dynamodb } from '@/lib/server/dynamodb';
import { env } from '@/lib/server/env';

type Index = { name: string; hash: string; range: string; project: 'ALL' | 'KEYS_ONLY' | string[] };

type Table = { name: string; hash: string; range?: string; indexes?: Index[]; ttl?: string };

/** What a list of assignments shows: not the long description, and nothing that applying effects changes. */
const LISTED = [
  ...['title', 'titleKey', 'type', 'status', 'points', 'weight', 'availableFrom', 'dueAt', 'availableUntil'],
  ...['maxAttempts', 'version', 'createdBy', 'createdAt', 'updatedAt', 'requestId'],
];

/** What a list of failed items shows: not the payload and not the attempts. */
const LISTED_FAILED_ITEM = [
  ...[
    'id',
    'kind',
    'state',
    'version',
    'code',
    'class',
    'message',
    'reason',
    'resource',
    'field',
    'fingerprint',
  ],
  ...['title', 'courseId', 'batchId', 'rowNumber', 'actor', 'assignmentId', 'requestId', 'attemptCount'],
  ...['firstAt', 'lastAt', 'snoozedUntil', 'discardReason', 'leasedUntil'],
];

/** What lists show of an audit event, and filters judge: not its field diff, and not the rows of a segment. */
const LISTED_EVENT = [
  ...[
    'action',
    'outcome',
    'code',
    'actor',
    'resource',
    'requestId',
    'time',
    'ingestedAt',
    'eventId',
    'reason',
  ],
  ...['batch', 'batchId', 'sourceBatchId', 'events', 'bulkId', 'state', 'counts', 'rows', 'ttl'],
];

/** An index may not project its own keys. */
const without = (key: string) => LISTED_EVENT.filter((name) => name !== key);

/**
 * Every table of the product. All key attributes are strings. Indexes are thrifty: each one costs a write per item,
 * and a hot index key throttles its table, so no index projects an attribute that changes often.
 */
export const TABLES: Table[] = [
  {
    name: env.ASSIGNMENTS_TABLE,
    hash: 'assignmentId',
    indexes: [
      { name: 'byCourse', hash: 'courseId', range: 'dueKey', project: [...LISTED, 'instructorId'] },
      { name: 'byInstructor', hash: 'instructorId', range: 'dueKey', project: [...LISTED, 'courseId'] },
      { name: 'byPendingEffects', hash: 'pendingShard', range: 'pendingSince', project: 'KEYS_ONLY' },
    ],
  },
  {
    name: env.COURSES_TABLE,
    hash: 'courseId',
    indexes: [{ name: 'byKind', hash: 'kind', range: 'courseKey', project: 'KEYS_ONLY' }],
  },
  { name: env.USERS_TABLE, hash: 'userId' },
  {
    name: env.AUDIT_TABLE,
    hash: 'lane',
    range: 'eventKey',
    indexes: [
      { name: 'byResource', hash: 'resourceKey', range: 'eventKey', project: 'ALL' },
      { name: 'byActor', hash: 'actorMonth', range: 'timeKey', project: LISTED_EVENT },
      { name: 'byRequest', hash: 'requestId', range: 'timeKey', project: without('requestId') },
      { name: 'byBatch', hash: 'batchKey', range: 'timeKey', project: LISTED_EVENT },
      { name: 'byError', hash: 'errorDay', range: 'timeKey', project: LISTED_EVENT },
      { name: 'bySegmentHour', hash: 'segmentHour', range: 'timeKey', project: LISTED_EVENT },
    ],
    ttl: 'ttl',
  },
  {
    name: env.SESSIONS_TABLE,
    hash: 'key',
    indexes: [{ name: 'byUser', hash: 'userId', range: 'key', project: 'ALL' }],
    ttl: 'ttl',
  },
  {
    name: env.BATCHES_TABLE,
    hash: 'batchId',
    range: 'part',
    indexes: [
      { name: 'byCreation', hash: 'listKey', range: 'creationKey', project: 'KEYS_ONLY' },
      { name: 'byActivity', hash: 'activeKey', range: 'creationKey', project: 'KEYS_ONLY' },
    ],
    ttl: 'ttl',
  },
  {
    name: env.FAILED_ITEMS_TABLE,
    hash: 'origin',
    range: 'itemKey',
    indexes: [
      { name: 'byBucket', hash: 'bucketKey', range: 'timeKey', project: LISTED_FAILED_ITEM },
      { name: 'byGroup', hash: 'groupKey', range: 'timeKey', project: LISTED_FAILED_ITEM },
      { name: 'byNextLook', hash: 'lookShard', range: 'nextLookAt', project: 'KEYS_ONLY' },
    ],
    ttl: 'ttl',
  },
  { name: env.CONSISTENCY_TABLE, hash: 'runId', range: 'part', ttl: 'ttl' },
  { name: env.METRICS_TABLE, hash: 'lane', range: 'itemKey', ttl: 'ttl' },
];

/**
 * Creates what is missing of the tables and their indexes and switches on expiry; what exists is left as it is, so running
 * it again changes nothing. On AWS new tables also get deletion protection and point-in-time recovery.
 * @returns the names of the tables that were created
 */
export async function createTables(): Promise<string[]> {
  const created = await Promise.all(TABLES.map(createTable));
  return TABLES.filter((_, position) => created[position]).map(({ name }) => name);
}

/** The names of tables that do not exist yet, or are not ready. */
export async function missingTables(): Promise<string[]> {
  const exists = await Promise.all(TABLES.map(({ name }) => tableExists(name)));
  return TABLES.filter((_, position) => !exists[position]).map(({ name }) => name);
}

async function createTable(table: Table): Promise<boolean> {
  if (await tableExists(table.name)) {
    await addMissingIndexes(table);
    return false;
  }
  try {
    await dynamodb.send(new CreateTableCommand(createTableInput(table)));
  } catch (thrown) {
    // Another process was quicker; wait for its table like for our own.
    if (!(thrown instanceof ResourceInUseException)) throw thrown;
  }
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 120, minDelay: 1 }, { TableName: table.name });
  if (table.ttl) {
    const TimeToLiveSpecification = { AttributeName: table.ttl, Enabled: true };
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification }));
  }
  if (!env.DYNAMODB_ENDPOINT) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName: table.name, PointInTimeRecoverySpecification }),
    );
  }
  return true;
}

/** Indexes that came after the table; DynamoDB builds one at a time. */
async function addMissingIndexes({ name, indexes = [] }: Table): Promise<void> {
  const { Table: description } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
  const present = new Set(description?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of indexes.filter((candidate) => !present.has(candidate.name))) {
    await dynamodb.send(
      new UpdateTableCommand({
        TableName: name,
        AttributeDefinitions: attributeDefinitions([index.hash, index.range]),
        GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }],
      }),
    );
    await indexIsReady(name, index.name);
  }
}

const INDEX_LOOK_MS = 500;

async function indexIsReady(tableName: string, indexName: string): Promise<void> {
  for (;;) {
    const { Table: description } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
    const index = description?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
    if (description?.TableStatus === 'ACTIVE' && (index?.IndexStatus ?? 'ACTIVE') === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, INDEX_LOOK_MS));
  }
}

async function tableExists(tableName: string): Promise<boolean> {
  try {
    const { Table: description } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
    return description?.TableStatus === 'ACTIVE';
  } catch (thrown) {
    if (thrown instanceof ResourceNotFoundException) return false;
    throw thrown;
  }
}

function createTableInput({ name, hash, range, indexes = [] }: Table): CreateTableCommandInput {
  const keys = [hash, range ?? hash, ...indexes.flatMap((index) => [index.hash, index.range])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: !env.DYNAMODB_ENDPOINT,
    AttributeDefinitions: attributeDefinitions(keys),
    KeySchema: keySchema(hash, range),
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes.map(indexInput) } : {}),
  };
}

function attributeDefinitions(names: string[]) {
  return [...new Set(names)].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
}

function keySchema(hash: string, range?: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range, KeyType: 'RANGE' as const }] : []),
  ];
}

function indexInput({ name, hash, range, project }: Index) {
  return {
    IndexName: name,
    KeySchema: keySchema(hash, range),
    Projection:
      typeof project === 'string'
        ? { ProjectionType: project }
        : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: project },
  };
}
