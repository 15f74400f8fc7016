import type { FileFormat } from '@/lib/shared/batch';

const FORMAT_BY_TYPE: [pattern: RegExp, format: FileFormat][] = [
  [/^text\/csv\b/i, 'csv'],
  [/^application\/json\b/i, 'json'],
  [/^application\/(x-ndjson|jsonl|x-jsonlines|ndjson)\b/i, 'ndjson'],
];

/** The format of a file: as its media type says, and where that says nothing of ours, as its beginning looks. */
export function formatOf(contentType: string, beginning: string): FileFormat {
  const known = FORMAT_BY_TYPE.find(([pattern]) => pattern.test(contentType.trim()))?.[1];
  if (known) return known;
  const first = beginning.trimStart().charAt(0);
  if (first === '[') return 'json';
  return first === '{' ? 'ndjson' : 'csv';
}
