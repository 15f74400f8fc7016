import { processState } from '@/lib/server/process-state';

/**
 * One call to DynamoDB: its IAM action, the tables that it names, the table of each write of a transaction in their order, and
 * what is sent where that is known.
 */
export type Call = { action: string; tables: string[]; places: string[]; isWrite: boolean; input?: object };

/** How a call ended: with DynamoDB's answer, or with what was thrown. */
export type CallEnd = { durationMs: number } & ({ output: unknown } | { thrown: unknown });

const callOfError = processState('callOfError', () => new WeakMap<Error, Call>());

/** What the middleware of the client knows of a command. */
export function describeCall(commandName: string | undefined, input: object): Call {
  const name = (commandName ?? 'unknown').replace(/Command$/, '');
  const places = tablesOf(input);
  return {
    action: `dynamodb:${name}`,
    tables: [...new Set(places)],
    places,
    isWrite: /^(Put|Update|Delete|BatchWrite)Item$|^TransactWrite/.test(name),
    input,
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
function tablesOf(input: object): string[] {
  if ('TableName' in input) return [String(input.TableName)];
  if ('RequestItems' in input) return Object.keys(input.RequestItems ?? {});
  const items = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems : [];
  return items.flatMap((item: object) => Object.values(item).map(({ TableName }) => String(TableName)));
}
