/** How the text of a file may be encoded, as `TextDecoder` names it. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export type TextEncodingName = (typeof TEXT_ENCODINGS)[number];

const BYTE_ORDER_MARKS: [encoding: TextEncodingName, mark: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** First bytes of files that people take for text files. */
const BINARY_FILES: [what: string, signature: number[]][] = [
  ['a workbook or zip file', [0x50, 0x4b, 0x03, 0x04]],
  ['a workbook or zip file', [0x50, 0x4b, 0x05, 0x06]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF file', [0x25, 0x50, 0x44, 0x46]],
];

const GZIP = [0x1f, 0x8b];

/** How many bytes are enough to see the rhythm of UTF-16. */
const RHYTHM_BYTES = 1024;

/** Whether these first bytes begin a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, GZIP);
}

/** What kind of binary file these first bytes begin; undefined where it may be text. */
export function binaryKind(head: Uint8Array): string | undefined {
  return BINARY_FILES.find(([, signature]) => startsWith(head, signature))?.[0];
}

/**
 * The encoding that the first bytes of a file tell: by a byte order mark, or as UTF-16 because every other byte of
 * mostly Latin text is NUL. Undefined where UTF-8 and Windows-1252 are both possible.
 */
export function encodingOfHead(head: Uint8Array): TextEncodingName | undefined {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => startsWith(head, mark))?.[0];
  if (marked) return marked;
  const sample = head.subarray(0, RHYTHM_BYTES);
  const even = nulShare(sample, 0);
  const odd = nulShare(sample, 1);
  if (odd > 0.4 && even < 0.1) return 'utf-16le';
  if (even > 0.4 && odd < 0.1) return 'utf-16be';
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, position) => bytes[position] === byte);
}

/** Which share of the bytes at even (0) or odd (1) positions is NUL. */
function nulShare(bytes: Uint8Array, parity: 0 | 1): number {
  const chosen = bytes.filter((_, position) => position % 2 === parity);
  return chosen.length === 0 ? 0 : chosen.filter((byte) => byte === 0).length / chosen.length;
}
