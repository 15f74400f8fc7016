import {
  type FieldSource,
  type MappedField,
  type Mapping,
  REQUIRED_FIELDS,
} from '@/lib/shared/batch-mapping';

const COLUMN = 'column:';

const NOTHING: FieldSource = { columns: [], separator: ' ', dates: 'auto' };

/** Where a field comes from, as one choice of a list: nowhere, a constant, joined columns, or one column. */
export type SourceChoice = 'none' | 'constant' | 'joined' | `${typeof COLUMN}${string}`;

export const choiceOfColumn = (column: string): SourceChoice => `${COLUMN}${column}`;

export function choiceOf(source: FieldSource | undefined): SourceChoice {
  if (!source) return 'none';
  const [first, second] = source.columns;
  if (first === undefined) return 'constant';
  return second === undefined ? choiceOfColumn(first) : 'joined';
}

/** The source of a field after a choice; what the person had set stays as far as it still applies. */
export function chooseSource(
  source: FieldSource = NOTHING,
  choice: string,
  columns: readonly string[],
): FieldSource | undefined {
  const { constant: _constant, ...withoutConstant } = source;
  if (choice === 'constant') return { ...source, columns: [], constant: source.constant ?? '' };
  if (choice === 'joined') return { ...withoutConstant, columns: joinedColumns(source.columns, columns) };
  if (!choice.startsWith(COLUMN)) return undefined;
  return { ...withoutConstant, columns: [choice.slice(COLUMN.length)] };
}

function joinedColumns(chosen: readonly string[], columns: readonly string[]): string[] {
  const others = columns.filter((column) => !chosen.includes(column));
  return [...chosen, ...others].slice(0, 2);
}

/** A mapping in which one field comes from somewhere else. */
export function withSource(mapping: Mapping, field: MappedField, source: FieldSource | undefined): Mapping {
  const { [field]: _previous, ...others } = mapping.fields;
  return { ...mapping, fields: source ? { ...others, [field]: source } : others };
}

/** Required fields that get no value from anywhere. */
export function missingFields(mapping: Mapping): MappedField[] {
  return REQUIRED_FIELDS.filter((field) => {
    const source = mapping.fields[field];
    return !source || (source.columns.length === 0 && !source.constant?.trim());
  });
}
