import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';

/** Says which batch the next file corrects. */
export function CorrectsNotice({ batchId, onForget }: { batchId: string; onForget?: () => void }) {
  return (
    <Callout title="A corrected file">
      <p>
        The file will be linked to{' '}
        <Link
          href={`/batches/${encodeURIComponent(batchId)}`}
          className="break-all rounded underline underline-offset-2"
        >
          {batchId}
        </Link>
        . Only the rows in it are created; those that were created before stay as they are.
      </p>
      {onForget && (
        <Button size="small" className="mt-2" onClick={onForget}>
          Upload an unrelated file
        </Button>
      )}
    </Callout>
  );
}
