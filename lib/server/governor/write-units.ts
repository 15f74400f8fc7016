const KILOBYTE = 1024;

/** The write units that an item takes: one for each kilobyte begun; a transaction takes twice as many. */
export const itemUnits = (item: object): number => Math.max(1, Math.ceil(sizeBytes(item) / KILOBYTE));

/**
 * The size of an item or a value in bytes, close to how DynamoDB counts it.
 * Source: "DynamoDB item sizes and formats" in the Amazon DynamoDB Developer Guide.
 */
export function sizeBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Set || Array.isArray(value))
    return 3 + sum([...value], (entry) => 1 + sizeBytes(entry));
  if (typeof value === 'object' && value !== null) {
    return 3 + sum(Object.entries(value), ([name, entry]) => 1 + Buffer.byteLength(name) + sizeBytes(entry));
  }
  return value === undefined ? 0 : 1;
}

const sum = <Entry>(entries: Entry[], of: (entry: Entry) => number): number =>
  entries.reduce((total, entry) => total + of(entry), 0);
