import { listMappings } from '@/lib/server/batches/mappings/list-mappings';
import { AppError } from '@/lib/shared/app-error';
import type { UploadQuery } from '@/lib/shared/batch';
import type { SavedMapping } from '@/lib/shared/batch-mapping';
import { describeMapping, type RecognisedMapping, recogniseMapping } from '@/lib/shared/recognise-mapping';

/** Columns that a message lists. */
const MAX_NAMED = 20;

type Sample = { columns: readonly string[]; rows: readonly (readonly string[])[] };

/**
 * The mapping for a file: the given one, the saved one of the given id, or the one that its header is recognised as.
 * @throws {AppError} VALIDATION_ERROR where a required field has no source, naming it and the columns there are
 */
export async function chooseMapping(
  given: UploadQuery['mapping'],
  sample: Sample,
  requestId: string,
): Promise<RecognisedMapping> {
  const chosen = await choose(given, sample, requestId);
  if (chosen.missing.length === 0) return chosen;
  const columns = named(sample.columns);
  const fields = chosen.missing.map((field) => ({
    field,
    message: `No column gives ${field}: map one of ${columns}, or give a constant`,
  }));
  const message = `No column gives ${chosen.missing.join(', ')}. The file has the columns ${columns}`;
  throw new AppError('VALIDATION_ERROR', message, { fields });
}

function named(columns: readonly string[]): string {
  const shown = columns.slice(0, MAX_NAMED).map((column) => `"${column}"`);
  const more = columns.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

async function choose(given: UploadQuery['mapping'], sample: Sample, requestId: string) {
  if (typeof given === 'object') return describeMapping(given, sample.columns, null);
  const saved = await listMappings(requestId);
  if (given === undefined) return recogniseMapping(sample, saved);
  const { mapping, name } = savedById(given, saved);
  return describeMapping(mapping, sample.columns, name);
}

function savedById(mappingId: string, saved: SavedMapping[]): SavedMapping {
  const found = saved.find((candidate) => candidate.mappingId === mappingId);
  if (found) return found;
  const message = `There is no saved mapping ${mappingId}`;
  throw new AppError('VALIDATION_ERROR', message, {
    fields: [{ field: 'mapping', message, value: mappingId }],
  });
}
