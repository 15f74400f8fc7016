import { publicKeys } from '@/lib/server/audit-log/seals/signing-key';
import { route } from '@/lib/server/route';

export const GET = route(
  { operation: 'publicKeys', failure: 'Failed to read the public keys', permission: 'audit:read' },
  async () => publicKeys(),
);
