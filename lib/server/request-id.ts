const RANDOM_LENGTH = 9;
const BASE = 36;

/** A new request ID: `req_<epoch ms>_<9 base-36 characters>`, one per operation. */
export function newRequestId(): string {
  const digits = crypto.getRandomValues(new Uint32Array(RANDOM_LENGTH));
  const random = Array.from(digits, (digit) => (digit % BASE).toString(BASE)).join('');
  return `req_${Date.now()}_${random}`;
}
