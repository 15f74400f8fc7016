import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '@/lib/server/dynamodb';

type Place = { TableName: string; Key: Record<string, string> };

/** Sets these attributes of an item that exists and leaves all others, which may be somebody else's, as they are. */
export async function updateFields(place: Place, fields: Record<string, unknown>): Promise<void> {
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  if (names.length === 0) return;
  await documentClient.send(
    new UpdateCommand({
      ...place,
      UpdateExpression: `SET ${names.map((_, position) => `#f${position} = :f${position}`).join(', ')}`,
      ConditionExpression: Object.keys(place.Key)
        .map((_, position) => `attribute_exists(#k${position})`)
        .join(' AND '),
      ExpressionAttributeNames: {
        ...Object.fromEntries(names.map((name, position) => [`#f${position}`, name])),
        ...Object.fromEntries(Object.keys(place.Key).map((name, position) => [`#k${position}`, name])),
      },
      ExpressionAttributeValues: Object.fromEntries(
        names.map((name, position) => [`:f${position}`, fields[name]]),
      ),
    }),
  );
}
