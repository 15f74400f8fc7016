import * as z from 'zod';
import { withQuery } from '@/lib/client/api';
import { contentDigest, fileDigest } from '@/lib/client/file-digest';
import { type Answer, REQUEST_ID_HEADER, readAnswer } from '@/lib/client/read-answer';
import { AppError } from '@/lib/shared/app-error';
import { type Batch, batchSchema, type TakenIdPolicy } from '@/lib/shared/batch';
import type { Mapping } from '@/lib/shared/batch-mapping';

/** How far an upload is: its bytes are first checked (for the SHA-256), then sent, then read by the server. */
export type UploadProgress = {
  phase: 'checking' | 'sending' | 'reading';
  doneBytes: number;
  totalBytes: number;
};

export type Upload = {
  file: File;
  /** The id of a saved mapping or a mapping; where it is left out, the server recognises one. */
  mapping?: string | Mapping;
  takenIds: TakenIdPolicy;
  /** Accepts a file that was accepted already. */
  again: boolean;
  corrects: string | null;
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
  const { type, isGzip } = contentOf(upload.file.name);
  const request = new XMLHttpRequest();
  request.open('POST', pathOf(upload));
  request.setRequestHeader('Content-Type', type);
  request.setRequestHeader('Content-Digest', digest);
  if (isGzip) request.setRequestHeader('Content-Encoding', 'gzip');
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

function pathOf({ file, mapping, takenIds, again, corrects }: Upload): string {
  return withQuery('/api/batches', {
    filename: file.name,
    mapping: typeof mapping === 'object' ? JSON.stringify(mapping) : mapping,
    takenIds,
    again: again ? 'true' : null,
    corrects,
  });
}

const TYPES: [ending: RegExp, type: string][] = [
  [/\.(ndjson|jsonl)$/, 'application/x-ndjson'],
  [/\.json$/, 'application/json'],
];

/** What a file of this name holds; spreadsheets know many endings for text with separators. */
function contentOf(fileName: string): { type: string; isGzip: boolean } {
  const name = fileName.toLowerCase();
  const isGzip = name.endsWith('.gz');
  const inner = isGzip ? name.slice(0, -'.gz'.length) : name;
  const [, type = 'text/csv'] = TYPES.find(([ending]) => ending.test(inner)) ?? [];
  return { type, isGzip };
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
