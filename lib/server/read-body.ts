import { MAX_BODY_BYTES } from '@/lib/shared/api';
import { AppError } from '@/lib/shared/app-error';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Reads a JSON body of at most `MAX_BODY_BYTES`, counted as it arrives: a declared length is not trusted.
 * @throws {AppError} PAYLOAD_TOO_LARGE, or VALIDATION_ERROR where it is not JSON in UTF-8
 */
export async function readBody(request: Request): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) {
    throw invalidBody('Send the body as JSON with the header Content-Type: application/json');
  }
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalidBody('The body is not valid JSON in UTF-8', cause);
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_BODY_BYTES) {
      throw new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${MAX_BODY_BYTES / 1024} KB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function invalidBody(message: string, cause?: unknown): AppError {
  return new AppError('VALIDATION_ERROR', message, { cause, fields: [{ field: 'body', message }] });
}
