'use client';

import { useState } from 'react';
import { missingFields, withSource } from '@/components/uploads/source-choice';
import type { Sample } from '@/lib/client/batch-sample';
import type { FieldSource, MappedField, Mapping, SavedMapping } from '@/lib/shared/batch-mapping';
import { describeMapping, recogniseMapping } from '@/lib/shared/recognise-mapping';

/** The mapping of a file: recognised at first, then as the person changes it. */
export function useMapping(sample: Sample, savedMappings: readonly SavedMapping[]) {
  const [recognised] = useState(() => recogniseMapping(sample, savedMappings));
  const [mapping, setMapping] = useState(recognised.mapping);
  const isRecognised = mapping === recognised.mapping;
  const { ignoredColumns } = describeMapping(mapping, sample.columns, null);

  return {
    mapping,
    /** The template or saved mapping that this is, unchanged. */
    name: isRecognised ? recognised.name : null,
    missing: missingFields(mapping),
    ignoredColumns,
    /** What to send: a recognised one goes by its name, so that the batch can say which it was. */
    sent: isRecognised ? sentMapping(recognised, savedMappings) : mapping,
    change: (field: MappedField, source: FieldSource | undefined) =>
      setMapping((previous) => withSource(previous, field, source)),
    changeEmptyValues: (emptyValues: string[]) => setMapping((previous) => ({ ...previous, emptyValues })),
  };
}

export type MappingState = ReturnType<typeof useMapping>;

type Recognised = { mapping: Mapping; name: string | null };

/** The id of a saved mapping; nothing for a template, which the server recognises too; else the mapping itself. */
function sentMapping(
  { mapping, name }: Recognised,
  savedMappings: readonly SavedMapping[],
): string | Mapping | undefined {
  const saved = savedMappings.find((candidate) => candidate.mapping === mapping);
  if (saved) return saved.mappingId;
  return name === null ? mapping : undefined;
}
