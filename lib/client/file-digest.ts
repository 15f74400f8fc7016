import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '@/lib/shared/app-error';

const SLICE_BYTES = 4 * 1024 * 1024;

type Options = { onProgress: (doneBytes: number) => void; signal: AbortSignal };

/**
 * The SHA-256 of a file, read slice by slice, so that memory does not grow with the file and the page stays awake.
 * Throws `AppError` where the file cannot be read, and the signal's reason once it is aborted.
 */
export async function fileDigest(file: Blob, { onProgress, signal }: Options): Promise<Uint8Array> {
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    signal.throwIfAborted();
    hash.update(await readSlice(file, start, start + SLICE_BYTES));
    onProgress(Math.min(start + SLICE_BYTES, file.size));
  }
  return hash.digest();
}

/** Part of a file. Browsers refuse it once the file on the disk was changed or removed. */
export async function readSlice(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (thrown) {
    throw new AppError(
      'VALIDATION_ERROR',
      'The file could not be read: it was moved or changed since you chose it. Choose it again.',
      { cause: thrown },
    );
  }
}

/** How HTTP writes a SHA-256 of content. Source: RFC 9530, "Digest Fields". */
export function contentDigest(digest: Uint8Array): string {
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
