import {
  type DateNotation,
  type FieldSource,
  MAPPED_FIELDS,
  type MappedField,
  type Mapping,
} from '@/lib/shared/batch-mapping';

type CompiledSource = {
  field: MappedField;
  /** Places of the cells to join, in order. */
  positions: number[];
  separator: string;
  constant: string;
  values: Map<string, string>;
  dates: DateNotation;
};

/** A mapping as it applies to the columns of one file. */
export type CompiledMapping = { sources: CompiledSource[]; emptyValues: Set<string> };

/** Looks up the columns of a mapping once for all rows; columns that the file lacks give no value. */
export function compileMapping(mapping: Mapping, columns: readonly string[]): CompiledMapping {
  const positionOf = new Map(columns.map((column, position) => [column, position]));
  const compile = (field: MappedField, source: FieldSource): CompiledSource => ({
    field,
    positions: source.columns.flatMap((column) => positionOf.get(column) ?? []),
    separator: source.separator,
    constant: source.constant?.trim() ?? '',
    values: new Map(Object.entries(source.values ?? {}).map(([text, meant]) => [text.toLowerCase(), meant])),
    dates: source.dates,
  });
  return {
    sources: MAPPED_FIELDS.flatMap((field) => {
      const source = mapping.fields[field];
      return source ? [compile(field, source)] : [];
    }),
    emptyValues: new Set(mapping.emptyValues),
  };
}

/** The value of every mapped field of a row as text; '' where there is none. */
export function valuesOf(
  cells: readonly string[],
  { sources, emptyValues }: CompiledMapping,
): Map<MappedField, string> {
  const values = new Map<MappedField, string>();
  for (const source of sources) {
    values.set(source.field, sourceValue(cells, source, emptyValues));
  }
  return values;
}

function sourceValue(cells: readonly string[], source: CompiledSource, emptyValues: Set<string>): string {
  const parts = source.positions
    .map((position) => (cells[position] ?? '').trim())
    .filter((part) => part !== '' && !emptyValues.has(part));
  const text = parts.join(source.separator) || source.constant;
  return source.values.get(text.toLowerCase()) ?? text;
}
