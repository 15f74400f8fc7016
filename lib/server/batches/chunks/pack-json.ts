import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** A value as it is stored where it is large: JSON, gzipped. */
export async function packJson(value: unknown): Promise<Buffer> {
  return zip(JSON.stringify(value));
}

/** Reads a value back from `packJson`; the caller parses it. */
export async function unpackJson(packed: Uint8Array): Promise<unknown> {
  return JSON.parse((await unzip(packed)).toString('utf8'));
}
