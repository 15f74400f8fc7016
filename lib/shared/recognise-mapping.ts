import { FAILED_COLUMNS } from '@/lib/shared/batch-header';
import {
  type FieldSource,
  MAPPED_FIELDS,
  type MappedField,
  type Mapping,
  REQUIRED_FIELDS,
  type SavedMapping,
} from '@/lib/shared/batch-mapping';
import { COLUMN_NAMES, comparableName } from '@/lib/shared/column-names';
import { DATED_FIELDS, holdsDates, holdsTypes, notationOf } from '@/lib/shared/column-shapes';
import { OULAD_COLUMNS, OULAD_MAPPING, OULAD_TEMPLATE } from '@/lib/shared/oulad-mapping';

/** What a header was recognised as. `name` is of the template or saved mapping, null where columns were matched by name. */
export type RecognisedMapping = {
  mapping: Mapping;
  name: string | null;
  /** Required fields that no column gives. */
  missing: MappedField[];
  /** Columns that become nothing; those of our own files of rejected rows are not listed. */
  ignoredColumns: string[];
};

type Sample = { columns: readonly string[]; rows: readonly (readonly string[])[] };

/**
 * How the rows of a file become assignments, from its columns and some of its rows: a saved mapping of the same header,
 * else the OULAD template, else by the names of the columns and the shape of their values.
 */
export function recogniseMapping(sample: Sample, savedMappings: readonly SavedMapping[]): RecognisedMapping {
  const { columns } = sample;
  const saved = savedMappings.find((candidate) => isSameHeader(candidate.columns, columns));
  if (saved) return describeMapping(saved.mapping, columns, saved.name);
  if (OULAD_COLUMNS.every((column) => columns.includes(column))) {
    return describeMapping(OULAD_MAPPING, columns, OULAD_TEMPLATE);
  }
  return describeMapping(mappingByColumns(sample), columns, null);
}

/** What a mapping leaves open for a file with these columns. */
export function describeMapping(
  mapping: Mapping,
  columns: readonly string[],
  name: string | null,
): RecognisedMapping {
  const used = new Set(Object.values(mapping.fields).flatMap((source) => source?.columns ?? []));
  return {
    mapping,
    name,
    missing: REQUIRED_FIELDS.filter((field) => !hasSource(mapping.fields[field], columns)),
    ignoredColumns: columns.filter((column) => !used.has(column) && !isOurColumn(column)),
  };
}

function hasSource(source: FieldSource | undefined, columns: readonly string[]): boolean {
  if (!source) return false;
  return source.constant !== undefined || source.columns.some((column) => columns.includes(column));
}

function isOurColumn(column: string): boolean {
  const ours: readonly string[] = FAILED_COLUMNS;
  return ours.includes(column);
}

function isSameHeader(saved: readonly string[], columns: readonly string[]): boolean {
  const comparable = (names: readonly string[]) =>
    names
      .filter((name) => !isOurColumn(name))
      .sort()
      .join('\n');
  return comparable(saved) === comparable(columns);
}

function mappingByColumns(sample: Sample): Mapping {
  const columnOf = new Map<MappedField, string>();
  const isFree = (column: string) => ![...columnOf.values()].includes(column) && !isOurColumn(column);
  for (const field of MAPPED_FIELDS) {
    const column = COLUMN_NAMES[field]
      .map((name) => sample.columns.find((candidate) => comparableName(candidate) === name))
      .find((candidate) => candidate !== undefined && isFree(candidate));
    if (column !== undefined) columnOf.set(field, column);
  }
  takeByShape(sample, columnOf, isFree);
  return {
    fields: Object.fromEntries(
      [...columnOf].map(([field, column]) => [field, sourceOf(field, column, sample)]),
    ),
    emptyValues: [],
  };
}

/** A type or a due date that no name tells may be told by the values, where only one column has such. */
function takeByShape(
  sample: Sample,
  columnOf: Map<MappedField, string>,
  isFree: (column: string) => boolean,
): void {
  for (const [field, hasShape] of [
    ['type', holdsTypes],
    ['dueAt', holdsDates],
  ] as const) {
    if (columnOf.has(field)) continue;
    const alike = sample.columns.filter((column) => isFree(column) && hasShape(valuesIn(column, sample)));
    if (alike.length === 1 && alike[0] !== undefined) columnOf.set(field, alike[0]);
  }
}

function sourceOf(field: MappedField, column: string, sample: Sample): FieldSource {
  const dates = DATED_FIELDS.has(field) ? notationOf(valuesIn(column, sample)) : 'auto';
  return { columns: [column], separator: ' ', dates };
}

function valuesIn(column: string, { columns, rows }: Sample): string[] {
  const position = columns.indexOf(column);
  return rows.map((cells) => (cells[position] ?? '').trim()).filter((value) => value !== '');
}
