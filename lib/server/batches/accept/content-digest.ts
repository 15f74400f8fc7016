import { AppError } from '@/lib/shared/app-error';

const SHA_256 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/;

/**
 * The SHA-256 that a caller announces, in hex, from the header `Content-Digest` (RFC 9530); undefined where it announces none.
 * @throws {AppError} VALIDATION_ERROR where the header has no SHA-256
 */
export function announcedSha256(headers: Headers): string | undefined {
  const header = headers.get('content-digest');
  if (header === null) return undefined;
  const digest = SHA_256.exec(header)?.[1];
  if (digest) return Buffer.from(digest, 'base64').toString('hex');
  const message = 'Send Content-Digest as sha-256=:<base64>: or leave it out';
  throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'Content-Digest', message }] });
}
