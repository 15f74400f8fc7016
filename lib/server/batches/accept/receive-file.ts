import { checkMeasures } from '@/lib/server/batches/accept/check-measures';
import { chooseMapping } from '@/lib/server/batches/accept/choose-mapping';
import {
  correctedBatch,
  isRejectedFile,
  withOriginalCells,
} from '@/lib/server/batches/accept/corrected-batch';
import { requireNewFile } from '@/lib/server/batches/accept/file-marker';
import { finishReceive } from '@/lib/server/batches/accept/finish-receive';
import type { Heartbeat } from '@/lib/server/batches/accept/receive-heartbeat';
import { storeRows } from '@/lib/server/batches/accept/store-rows';
import { type ReadFile, readFile } from '@/lib/server/batches/file/read-file';
import { withHead } from '@/lib/server/batches/file/with-head';
import type { Batch, Preview, UploadQuery } from '@/lib/shared/batch';
import { describeMapping } from '@/lib/shared/recognise-mapping';
import type { Actor } from '@/lib/shared/session';

/** Rows by whose values a mapping is recognised. */
const SAMPLE_ROWS = 100;

/** A file on its way: its bytes as they come, and what the caller says about them. */
export type Incoming = {
  query: UploadQuery;
  headers: Headers;
  bytes: AsyncIterable<Uint8Array>;
  /** In hex. */
  announcedSha256: string | undefined;
};

type Receiving = { batch: Batch; actor: Actor; heartbeat: Heartbeat; requestId: string };

/**
 * Reads the file of a batch that is `receiving`, stores its rows and makes the batch `ready`.
 * @throws {AppError} for everything that speaks against the file; then the batch is as it was, and chunks may be stored
 */
export async function receiveFile(incoming: Incoming, receiving: Receiving): Promise<Batch> {
  const { query, headers } = incoming;
  const file = await readFile(incoming.bytes, {
    contentType: headers.get('content-type'),
    contentEncoding: headers.get('content-encoding'),
    encoding: query.encoding,
  });
  try {
    const stored = await storeFile(file, query, receiving);
    checkMeasures(file.measured(), headers, incoming.announcedSha256);
    return await finish({ query, file, stored }, receiving);
  } finally {
    // Not waited for: closing may itself wait for bytes that never come.
    Promise.resolve(file.rows[Symbol.asyncIterator]().return?.()).catch(() => undefined);
  }
}

type Stored = Awaited<ReturnType<typeof storeFile>>;

async function storeFile(file: ReadFile, query: UploadQuery, receiving: Receiving) {
  const { batch, actor, heartbeat, requestId } = receiving;
  const { columns } = file;
  const given = query.corrects;
  const corrects = await correctedBatch({ given, fileName: query.filename, columns }, requestId);
  const read = isRejectedFile(columns) ? withOriginalCells(file.rows) : file.rows;
  const { head, all } = await withHead(read, SAMPLE_ROWS, () => 1);
  const rows = head.filter((row) => !row.problem).map(({ cells }) => cells);
  const { mapping, name } = await chooseMapping(query.mapping, { columns, rows }, requestId);
  const { chunks, tallied } = await storeRows(
    { columns, rows: all, mapping },
    { batchId: batch.batchId, actor, heartbeat, requestId },
  );
  return { chunks, tallied, mapping, name, corrects };
}

async function finish(
  { query, file, stored }: { query: UploadQuery; file: ReadFile; stored: Stored },
  { batch, requestId }: Receiving,
): Promise<Batch> {
  const { chunks, tallied, mapping, name, corrects } = stored;
  const { valid, rejected } = tallied;
  const measured = file.measured();
  const ready: Batch = {
    ...batch,
    ...measured,
    ...{ rows: valid + rejected, rejected, waiting: valid, chunks },
    state: 'ready',
    format: file.format,
    corrects,
    updatedAt: new Date().toISOString(),
  };
  const preview: Preview = {
    ...tallied,
    encoding: file.encoding(),
    delimiter: file.delimiter,
    columns: [...file.columns],
    ignoredColumns: describeMapping(mapping, file.columns, name).ignoredColumns,
    mapping,
    mappingName: name,
  };
  if (!query.again) await requireNewFile(measured.sha256, requestId);
  try {
    await finishReceive({ batch: ready, preview, again: query.again, requestId });
  } catch (thrown) {
    // Somebody may have sent the same file at the same time: then this says so.
    if (!query.again) await requireNewFile(measured.sha256, requestId);
    throw thrown;
  }
  return ready;
}
