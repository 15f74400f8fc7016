import * as z from 'zod';
import { withQuery } from '@/lib/client/api';
import { contentDigest, fileDigest } from '@/lib/client/file-digest';
import { type Answer, REQUEST_ID_HEADER, readAnswer } from '@/lib/client/read-answer';
import { AppError } from '@/lib/shared/app-error';
import { type Batch, batchSchema, type FileFormat, type TakenIdPolicy } from '@/lib/shared/batch';
import type { Mapping } from '@/lib/shared/batch-mapping';
import type { TextEncodingName } from '@/lib/shared/text-encoding';

/** How far an upload is: its bytes are first checked (for the SHA-256), then sent, then read by the server. */
export type UploadProgress = {
  phase: 'checking' | 'sending' | 'reading';
  doneBytes: number;
  totalBytes: number;
};

export type Upload = {
  file: File;
  format: FileFormat;
  isGzip: boolean;
  /** Where the person knows better than the detection. */
  encoding?: TextEncodingName;
  /** The id of a saved mapping or a mapping; where it is left out, the server recognises one. */
  mapping?: string | Mapping;
  takenIds: TakenIdPolicy;
  /** Accepts a file that was accepted already. */
  again: boolean;
  corrects: string | null;
};

const CONTENT_TYPES: Record<FileFormat, string> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

type Options = { onProgress: (progress: UploadProgress) => void; signal: AbortSignal };

/**
 * Sends a file to become a batch. Throws `AppError` for every failure, a lost connection included, and the signal's
 * reason once it is aborted. Nothing is written to the assignments by this, so sending again is always safe.
 */
export async function uploadBatch(upload: Upload, { onProgress, signal }: Options): Promise<Batch> {
  const { file } = upload;
  const progress = (phase: UploadProgress['phase']) => (doneBytes: number) =>
    onProgress({ phase, doneBytes, totalBytes: file.size });
  progress('checking')(0);
  const digest = await fileDigest(file, { onProgress: progress('checking'), signal });
  signal.throwIfAborted();
  progress('sending')(0);
  const answer = await send(upload, contentDigest(digest), {
    onSent: progress('sending'),
    onAllSent: () => progress('reading')(file.size),
    signal,
  });
  return readAnswer(answer, batchSchema);
}

/** The batch that came from the same file before, where a refusal names one. */
export function earlierBatch(error: AppError): { batchId: string } | undefined {
  if (error.code !== 'CONDITIONAL_FAILED') return undefined;
  return z.object({ batchId: z.string() }).safeParse(error.current).data;
}

type SendOptions = { onSent: (bytes: number) => void; onAllSent: () => void; signal: AbortSignal };

/** `fetch` does not tell how much of a body is sent; XMLHttpRequest does. */
function send(upload: Upload, digest: string, options: SendOptions): Promise<Answer> {
  const { onSent, onAllSent, signal } = options;
  const request = new XMLHttpRequest();
  request.open('POST', pathOf(upload));
  request.setRequestHeader('Content-Type', CONTENT_TYPES[upload.format]);
  request.setRequestHeader('Content-Digest', digest);
  if (upload.isGzip) request.setRequestHeader('Content-Encoding', 'gzip');
  request.upload.onprogress = ({ loaded }) => onSent(loaded);

  return new Promise((resolve, reject) => {
    let isSent = false;
    request.upload.onload = () => {
      isSent = true;
      onAllSent();
    };
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => reject(lostConnection(isSent));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(upload.file);
  });
}

function pathOf({ file, mapping, takenIds, encoding, again, corrects }: Upload): string {
  return withQuery('/api/batches', {
    filename: file.name,
    mapping: typeof mapping === 'object' ? JSON.stringify(mapping) : mapping,
    takenIds,
    encoding,
    again: again ? 'true' : null,
    corrects,
  });
}

function answerOf(request: XMLHttpRequest): Answer {
  const { status } = request;
  return {
    isOk: status >= 200 && status < 300,
    status,
    requestId: request.getResponseHeader(REQUEST_ID_HEADER),
    body: jsonOf(request.responseText),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `readAnswer` says that the answer could not be read.
    return undefined;
  }
}

function lostConnection(isSent: boolean): AppError {
  const message = isSent
    ? 'The connection was lost after the file was sent, before the server answered. It may have been accepted.'
    : 'The connection was lost before the whole file had arrived. Nothing was written.';
  return new AppError('SYSTEM_ERROR', message, { errorClass: 'transient' });
}
