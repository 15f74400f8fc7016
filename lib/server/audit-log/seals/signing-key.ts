import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { env } from '@/lib/server/env';
import { AppError } from '@/lib/shared/app-error';
import type { PublicKeys } from '@/lib/shared/audit-seal';

type SigningKey = { keyId: string; sign: (statement: string) => string };

/**
 * The key that signs seals (Ed25519, RFC 8032), or undefined where the environment has none.
 * @throws {AppError} SYSTEM_ERROR where it is not an Ed25519 key
 */
export function signingKey(): SigningKey | undefined {
  const key = privateKey();
  if (!key) return undefined;
  return {
    keyId: keyIdOf(rawPublicKey(key)),
    sign: (statement) => sign(null, Buffer.from(statement, 'utf8'), key).toString('base64'),
  };
}

/** The keys that seals may be signed with: the current one and those of earlier times. */
export function publicKeys(): PublicKeys {
  const key = privateKey();
  const current = key && rawPublicKey(key);
  const raw = [...(current ? [current] : []), ...env.AUDIT_PUBLIC_KEYS];
  return {
    current: current ? keyIdOf(current) : null,
    keys: [...new Set(raw)].map((publicKey) => ({ keyId: keyIdOf(publicKey), publicKey })),
  };
}

function privateKey(): KeyObject | undefined {
  if (!env.AUDIT_SIGNING_KEY) return undefined;
  try {
    const der = Buffer.from(env.AUDIT_SIGNING_KEY, 'base64');
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw notAKey(cause);
  }
  throw notAKey(undefined);
}

function notAKey(cause: unknown): AppError {
  const message =
    'AUDIT_SIGNING_KEY is not an Ed25519 private key: make one with "openssl genpkey -algorithm ed25519 -outform der | base64 -w0"';
  return new AppError('SYSTEM_ERROR', message, { cause });
}

/** The 32 bytes of the public key, base64. */
function rawPublicKey(key: KeyObject): string {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}
