import { env } from '@/lib/server/env';

/** A number that follows creates: where it lives, and the attributes for the count and for the latest instant. */
export type Counter = { table: string; key: Record<string, string>; countAttribute: string };

/** How many assignments a course has. */
export function courseCounter(courseId: string): Counter {
  return { table: env.COURSES_TABLE, key: { courseId }, countAttribute: 'assignmentCount' };
}

/** How many assignments an instructor has created. */
export function instructorCounter(instructorId: string): Counter {
  return { table: env.USERS_TABLE, key: { userId: instructorId }, countAttribute: 'assignmentsCreated' };
}

type CounterUpdate = {
  /** How many creates to add. */
  count: number;
  /** The instant of the latest of them; left out where a later one is stored already. */
  latest?: string;
};

/**
 * The update that adds to a counter which exists, starting at zero the first time. It is refused where the course or
 * user is missing, and where a later instant than `latest` is stored: the item it met then tells which.
 */
export function counterUpdate({ table, key, countAttribute }: Counter, { count, latest }: CounterUpdate) {
  const [keyAttribute = ''] = Object.keys(key);
  return {
    TableName: table,
    Key: key,
    UpdateExpression: `SET #count = if_not_exists(#count, :zero) + :count${latest ? ', lastAssignmentAt = :latest' : ''}`,
    ConditionExpression: `attribute_exists(#key)${
      latest ? ' AND (attribute_not_exists(lastAssignmentAt) OR lastAssignmentAt <= :latest)' : ''
    }`,
    ExpressionAttributeNames: { '#count': countAttribute, '#key': keyAttribute },
    ExpressionAttributeValues: { ':zero': 0, ':count': count, ...(latest ? { ':latest': latest } : {}) },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}
