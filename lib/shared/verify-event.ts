import type { AuditEventDetail } from '@/lib/shared/audit-log';
import type { PublicKeys } from '@/lib/shared/audit-seal';
import { leafHash, rootOfPath } from '@/lib/shared/merkle';
import { isSignedBy } from '@/lib/shared/verify-seals';

/** What a check of one event can find, the first of it that is wrong. */
export type EventProof = 'proven' | 'record_differs' | 'not_in_seal' | 'signature_wrong';

/**
 * Follows an event from the hash of its record up to the signed root of its hour (RFC 6962). Where the record is not
 * shown because personal data is masked, the hash of it is taken as the server gives it.
 * @returns undefined while the hour is not sealed
 */
export async function verifyEvent(
  { record, leaf, inclusion }: Pick<AuditEventDetail, 'record' | 'leaf' | 'inclusion'>,
  keys: PublicKeys['keys'],
): Promise<EventProof | undefined> {
  if (!inclusion) return undefined;
  const { seal, position, path } = inclusion;
  if (record !== null && (await leafHash(record)) !== leaf) return 'record_differs';
  const root = await rootOfPath({ leaf, position, leaves: seal.leaves, path });
  if (root !== seal.root) return 'not_in_seal';
  return (await isSignedBy(seal, keys)) ? 'proven' : 'signature_wrong';
}
