import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { exceededLimit, shownNumber, unreadableFile } from '@/lib/server/batches/file/file-problem';
import { AppError } from '@/lib/shared/app-error';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';

/** Below this, a high ratio is an honest file of repeating rows. */
const SMALL_BYTES = 1024 * 1024;

/**
 * Expands gzip as it comes; `sentBytes` tells how many bytes have been read from it. Stops at once where it becomes more
 * than a file may expand to.
 * @throws {AppError} PAYLOAD_TOO_LARGE, or VALIDATION_ERROR where it is cut or broken
 */
export async function* expandBytes(
  bytes: AsyncIterable<Uint8Array>,
  sentBytes: () => number,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // The loop below meets the same failure; here it only must not go unhandled. Nobody waits for the source to end: it
  // may itself wait for bytes that never come.
  pipeline(Readable.from(bytes), gunzip).catch(() => undefined);
  let expandedBytes = 0;
  try {
    for await (const chunk of gunzip) {
      expandedBytes += chunk.length;
      checkExpansion(expandedBytes, sentBytes());
      yield chunk;
    }
  } catch (thrown) {
    throw gzipProblem(thrown);
  } finally {
    gunzip.destroy();
  }
}

function checkExpansion(expandedBytes: number, sentBytes: number): void {
  if (expandedBytes > UPLOAD_LIMITS.expandedBytes) {
    throw exceededLimit({
      limit: 'expandedBytes',
      most: UPLOAD_LIMITS.expandedBytes,
      unit: 'bytes',
      measured: `The gzip file expands to at least ${shownNumber(expandedBytes)} bytes`,
    });
  }
  const ratio = expandedBytes / sentBytes;
  if (expandedBytes > SMALL_BYTES && ratio > UPLOAD_LIMITS.expansionRatio) {
    throw exceededLimit({
      limit: 'expansionRatio',
      most: UPLOAD_LIMITS.expansionRatio,
      unit: 'times. Send it without gzip',
      measured: `The gzip file expands to at least ${shownNumber(Math.ceil(ratio))} times its size`,
    });
  }
}

function gzipProblem(thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (thrown instanceof AppError || !code.startsWith('Z_')) return thrown;
  return code === 'Z_BUF_ERROR'
    ? unreadableFile('The gzip file ends before it is complete: send it again', thrown)
    : unreadableFile('The gzip file is broken: compress it again, or send it without gzip', thrown);
}
