import { AppError } from '@/lib/shared/app-error';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';

/** The raw body of a request as it comes. */
export type UploadBody = {
  bytes: AsyncIterable<Uint8Array>;
  /** Takes the rest off the connection: a browser reads no answer before its whole body is sent. Never throws. */
  discardRest: () => Promise<void>;
};

/** Longest silence in which a caller still counts as sending: nobody may hold the one place for receiving for ever. */
const STALL_MS = 60_000;

/**
 * Reads the raw body of a request piece by piece; leaving the loop early does not break the connection off. A caller that
 * sends nothing for a minute while it is listened to has ended its upload.
 */
export function uploadBody(request: Request): UploadBody {
  const reader = request.body?.getReader();
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    let isStalled = false;
    const timer = setTimeout(() => {
      isStalled = true;
      void reader?.cancel();
    }, STALL_MS);
    try {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (isStalled) throw new Error(`no byte came for ${STALL_MS / 1000} seconds`);
      return done ? { done: true, value: undefined } : { done: false, value };
    } catch (cause) {
      throw cutUpload(cause);
    } finally {
      clearTimeout(timer);
    }
  };
  const discardRest = async () => {
    let sizeBytes = 0;
    try {
      for (let piece = await next(); !piece.done; piece = await next()) {
        sizeBytes += piece.value.byteLength;
        if (sizeBytes > UPLOAD_LIMITS.sizeBytes) return await reader?.cancel();
      }
    } catch {
      // The caller is gone: there is nobody left to answer.
    }
  };
  return { bytes: { [Symbol.asyncIterator]: () => ({ next }) }, discardRest };
}

/** The refusal of an upload that did not arrive whole. */
export function cutUpload(cause?: unknown): AppError {
  const message = 'The upload ended before the file was complete. Nothing was written: upload it again';
  return new AppError('VALIDATION_ERROR', message, { cause, fields: [{ field: 'file', message }] });
}
