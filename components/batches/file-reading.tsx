import type { ReactNode } from 'react';
import { Section } from '@/components/ui/section';
import type { Preview } from '@/lib/shared/batch';
import { type FieldSource, MAPPED_FIELDS } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };

/** How a file was understood: its encoding, and from which columns each field comes. */
export function FileReading({ preview }: { preview: Preview }) {
  const { encoding, delimiter, mappingName, mapping } = preview;
  const sources = MAPPED_FIELDS.flatMap((field) => {
    const source = mapping.fields[field];
    return source ? [{ field, source }] : [];
  });
  return (
    <Section title="How the file was read">
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        <Fact label="Encoding">{encoding}</Fact>
        {delimiter && <Fact label="Columns separated by">{DELIMITERS[delimiter] ?? delimiter}</Fact>}
        <Fact label="Columns recognised as">
          {mappingName ? <bdi>{mappingName}</bdi> : <span className="text-muted">a mapping of its own</span>}
        </Fact>
        {sources.map(({ field, source }) => (
          <Fact key={field} label={MAPPED_FIELD_LABELS[field]}>
            <SourceText source={source} />
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3 px-4 py-2">
      <dt className="break-words text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function SourceText({ source: { columns, separator, constant, values, dates } }: { source: FieldSource }) {
  const meanings = Object.entries(values ?? {});
  return (
    <>
      {columns.length > 0 && (
        <code className="font-mono text-xs">{columns.join(` + “${separator}” + `)}</code>
      )}
      {constant !== undefined && (
        <span>
          {columns.length > 0 ? ', where empty ' : 'always '}“<bdi>{constant}</bdi>”
        </span>
      )}
      {dates === 'daysFromStart' && <span className="text-muted">, days from the start of the course</span>}
      {meanings.length > 0 && (
        <span className="text-muted">
          , {meanings.map(([text, value]) => `${text} = ${value}`).join(', ')}
        </span>
      )}
    </>
  );
}
