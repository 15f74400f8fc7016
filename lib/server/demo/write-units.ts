import * as z from 'zod';

const UNIT_BYTES = 1024;

/** An attribute as DynamoDB writes it: its type and its content, such as `{ "S": "text" }`. */
const attributeSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(attributeSchema);
const setSchema = z.array(z.string());

export const wireItemSchema = z.record(z.string(), attributeSchema);

export type WireItem = z.infer<typeof wireItemSchema>;

/** The write units of an item: one for each KiB that is begun, and at least one. */
export function writeUnits(item: WireItem): number {
  return Math.max(1, Math.ceil(itemBytes(item) / UNIT_BYTES));
}

/**
 * The size of an item as DynamoDB counts it: names and values in UTF-8, two digits of a number in a byte, three bytes more
 * for a list or map and one for each thing in it.
 * Source: "DynamoDB item sizes and formats" in the Amazon DynamoDB Developer Guide.
 */
export function itemBytes(item: WireItem): number {
  return Object.entries(item).reduce(
    (bytes, [name, attribute]) => bytes + Buffer.byteLength(name) + attributeBytes(attribute),
    0,
  );
}

const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);

const SIZES: Record<string, (content: unknown) => number> = {
  S: (content) => Buffer.byteLength(String(content)),
  N: (content) => Math.ceil(String(content).length / 2) + 1,
  B: (content) => Buffer.from(String(content), 'base64').length,
  SS: (content) => sum(setSchema.parse(content).map((text) => Buffer.byteLength(text))),
  NS: (content) => sum(setSchema.parse(content).map((text) => Math.ceil(text.length / 2) + 1)),
  BS: (content) => sum(setSchema.parse(content).map((text) => Buffer.from(text, 'base64').length)),
  L: (content) => 3 + sum(listSchema.parse(content).map((attribute) => attributeBytes(attribute) + 1)),
  M: (content) => {
    const map = wireItemSchema.parse(content);
    return 3 + itemBytes(map) + Object.keys(map).length;
  },
};

/** `NULL` and `BOOL` take one byte. */
function attributeBytes(attribute: WireItem[string]): number {
  const [[type, content] = ['NULL', true]] = Object.entries(attribute);
  return SIZES[type]?.(content) ?? 1;
}
