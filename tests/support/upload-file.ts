import http from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';

const acceptedSchema = z.object({ data: z.object({ batchId: z.string(), state: z.string() }) });

type Upload = {
  url: string;
  cookie: string;
  fileName: string;
  content: Readable;
  sizeBytes: number;
  /** SHA-256 of the content, base64. */
  digest: string;
};

/**
 * Uploads a CSV file to a running product as its content comes, with length and digest announced as a browser does.
 * @returns the id of the accepted batch
 * @throws where the connection is lost or the file is refused
 */
export async function uploadFile({
  url,
  cookie,
  fileName,
  content,
  sizeBytes,
  digest,
}: Upload): Promise<string> {
  const request = http.request(`${url}/api/batches?filename=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'text/csv',
      'content-length': sizeBytes,
      'content-digest': `sha-256=:${digest}:`,
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  // An early refusal ends the sending; the answer tells more than the broken pipe.
  const sent = pipeline(content, request).catch(() => undefined);
  const response = await answered;
  const body = await textOf(response);
  await sent;
  if (response.statusCode !== 202) throw new Error(`The upload was answered ${response.statusCode}: ${body}`);
  return acceptedSchema.parse(JSON.parse(body)).data.batchId;
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
