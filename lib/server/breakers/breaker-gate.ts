import type { Call, CallEnd } from '@/lib/server/dynamodb-call';

/**
 * Lets a call pass, or refuses it because the breaker of one of its tables is open.
 * @throws the refusal, which `classifyError` makes a THROTTLING with the seconds to wait
 */
export function admitCall(_call: Call): void {}

/** Tells the breakers of a call's tables how it ended. */
export function noteCall(_call: Call, _end: CallEnd): void {}
