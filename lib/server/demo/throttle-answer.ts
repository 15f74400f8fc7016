/** An answer of DynamoDB: its HTTP status and its body. */
export type Answer = { status: number; body: string };

const MESSAGE =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.';

const named = (name: string, fields: object): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...fields }),
});

/**
 * How DynamoDB refuses a call for its throughput: it names the resource, and whether the table or one of its partitions was
 * exhausted.
 * Source: "Diagnosing throttling" in the Amazon DynamoDB Developer Guide.
 */
export function throughputExceeded(table: string, isPartitioned: boolean): Answer {
  const what = isPartitioned ? 'KeyRange' : 'Provisioned';
  const ThrottlingReasons = [
    {
      reason: `TableWrite${what}ThroughputExceeded`,
      resource: `arn:aws:dynamodb:local:000000000000:table/${table}`,
    },
  ];
  return named('ProvisionedThroughputExceededException', { message: MESSAGE, ThrottlingReasons });
}

/** How DynamoDB refuses a transaction: a reason for each of its writes. `limited` are the places of those that had no capacity. */
export function transactionRefused(writes: number, limited: ReadonlySet<number>): Answer {
  const CancellationReasons = Array.from({ length: writes }, (_, position) =>
    limited.has(position) ? { Code: 'ProvisionedThroughputExceeded', Message: MESSAGE } : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return named('TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons,
  });
}
