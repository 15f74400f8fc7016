import { createHash } from 'node:crypto';
import { exceededLimit, shownNumber } from '@/lib/server/batches/file/file-problem';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';

/** How much has come so far, and the SHA-256 of it in hex. */
export type Measured = { sizeBytes: number; sha256: string };

/**
 * Counts and hashes bytes as they pass.
 * @throws {AppError} PAYLOAD_TOO_LARGE as soon as there are more than a file may have
 */
export function meterBytes(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* metered(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > UPLOAD_LIMITS.sizeBytes) {
        throw exceededLimit({
          limit: 'sizeBytes',
          most: UPLOAD_LIMITS.sizeBytes,
          unit: 'bytes',
          measured: `The file has at least ${shownNumber(sizeBytes)} bytes`,
        });
      }
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    bytes: metered(),
    sizeBytes: () => sizeBytes,
    measured: (): Measured => ({ sizeBytes, sha256: hash.copy().digest('hex') }),
  };
}
