import { processState } from '@/lib/server/process-state';

/** One call to DynamoDB: its IAM action, the tables that it names, and the table of each write of a transaction, in their order. */
export type Call = { action: string; tables: string[]; places: string[]; isWrite: boolean };

/** How a call ended: with DynamoDB's answer, or with what was thrown. */
export type CallEnd = { durationMs: number } & ({ output: unknown } | { thrown: unknown });

const callOfError = processState('callOfError', () => new WeakMap<Error, Call>());

/** What the middleware of the client knows of a command. */
export function describeCall(commandName: string | undefined, input: object): Call {
  const name = (commandName ?? 'unknown').replace(/Command$/, '');
  const places = [...JSON.stringify(input).matchAll(/"TableName":"([\w.-]+)"/g)].map(
    ([, table]) => table ?? '',
  );
  return {
    action: `dynamodb:${name}`,
    tables: tablesOf(places, input),
    places,
    isWrite: /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(name),
  };
}

/** Keeps with an error which call it ended, for `failedCall`. */
export function rememberFailedCall(thrown: unknown, call: Call): void {
  if (thrown instanceof Error) callOfError.set(thrown, call);
}

/** Which IAM action on which tables failed with this error; DynamoDB's own message often names neither. */
export function failedCall(error: Error): Call | undefined {
  return callOfError.get(error);
}

/** The tables in the input of a command: `TableName` at its top or in its writes, or the keys of `RequestItems`. */
function tablesOf(places: string[], input: object): string[] {
  const requestItems = 'RequestItems' in input && input.RequestItems;
  return [...new Set([...places, ...Object.keys(requestItems || {})])];
}
