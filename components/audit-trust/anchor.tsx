import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import { hourStart } from '@/lib/shared/audit-hour';
import type { PublicKeys, Seal } from '@/lib/shared/audit-seal';

/** The newest seal and the key: kept elsewhere, they show later that nothing was cut off. */
export function Anchor({ seal, keys }: { seal: Seal; keys: PublicKeys }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 text-sm">
      <dt className="text-muted">Newest seal</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
        hour from <Time value={hourStart(seal.hour)} />
        <span className="flex items-center gap-1">
          <CopyButton text={JSON.stringify(seal, null, 2)} label="Copy the newest seal" />
          <span className="text-muted">Keep it outside: it is the anchor of everything before it.</span>
        </span>
      </dd>
      <dt className="text-muted">Signed with key</dt>
      <dd className="min-w-0 break-all font-mono text-xs">
        {seal.keyId}
        {keys.current !== null && keys.current !== seal.keyId && ' (an earlier key)'}
      </dd>
    </dl>
  );
}
