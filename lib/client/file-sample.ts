import { queryOptions } from '@tanstack/react-query';
import { readSample, SAMPLE_BYTES } from '@/lib/client/batch-sample';
import { readSlice } from '@/lib/client/file-digest';
import { isGzip, type TextEncodingName } from '@/lib/shared/text-encoding';

/** A file that a person chose; `id` tells two choices of the same file apart. */
export type ChosenFile = { id: string; file: File };

const TYPES: [ending: RegExp, contentType: string][] = [
  [/\.(csv|tsv)$/, 'text/csv'],
  [/\.(ndjson|jsonl)$/, 'application/x-ndjson'],
  [/\.json$/, 'application/json'],
];

/** The beginning of a chosen file, read in the browser; `encoding` where the person knows it better. */
export const fileSampleQuery = ({ id, file }: ChosenFile, encoding: TextEncodingName | null) =>
  queryOptions({
    queryKey: ['file-sample', id, encoding],
    queryFn: async () => {
      const bytes = await readSlice(file, 0, SAMPLE_BYTES);
      const contentType = contentTypeOf(file.name);
      const read = await readSample(bytes, { contentType, ...(encoding ? { encoding } : {}) });
      return { isGzip: isGzip(bytes), read };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** What the name tells; where it tells nothing, the beginning of the file decides. */
function contentTypeOf(fileName: string): string {
  const name = fileName.toLowerCase().replace(/\.gz$/, '');
  return TYPES.find(([ending]) => ending.test(name))?.[1] ?? '';
}
