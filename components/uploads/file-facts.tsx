'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { Sample } from '@/lib/client/batch-sample';
import type { FileFormat } from '@/lib/shared/batch';
import { TEXT_ENCODINGS, type TextEncodingName } from '@/lib/shared/text-encoding';

const FORMATS: Record<FileFormat, string> = {
  csv: 'CSV',
  json: 'JSON, an array of objects',
  ndjson: 'NDJSON, one object per line',
};

const ENCODINGS: Record<TextEncodingName, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252 (Western Europe)',
};

const DELIMITERS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'pipes' } as const;

type Props = { sample: Sample; isGzip: boolean; onEncoding: (encoding: TextEncodingName) => void };

/** What was recognised about a file; the encoding can be corrected, because no file says it for certain. */
export function FileFacts({ sample, isGzip, onEncoding }: Props) {
  const { format, delimiter, columns } = sample;
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <Field label="Encoding" className="w-60">
        <Select
          value={sample.encoding}
          onChange={({ target }) => {
            const chosen = TEXT_ENCODINGS.find((encoding) => encoding === target.value);
            if (chosen) onEncoding(chosen);
          }}
        >
          {TEXT_ENCODINGS.map((encoding) => (
            <option key={encoding} value={encoding}>
              {ENCODINGS[encoding]}
            </option>
          ))}
        </Select>
      </Field>
      <p className="flex min-h-8 items-center text-muted">
        {FORMATS[format]}
        {isGzip && ', gzip-encoded'}
        {delimiter && `, separated by ${DELIMITERS[delimiter]}`}
        {`, ${columns.length === 1 ? '1 column' : `${columns.length} columns`}`}
      </p>
    </div>
  );
}
