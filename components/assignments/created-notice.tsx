import Link from 'next/link';
import { Callout } from '@/components/ui/callout';

/** Says what was just created while the form is ready for the next one. */
export function CreatedNotice({ assignmentId, title }: { assignmentId: string; title: string }) {
  return (
    <Callout tone="success" role="status">
      Created{' '}
      <Link
        href={`/assignments/${encodeURIComponent(assignmentId)}`}
        className="underline underline-offset-2"
      >
        <bdi>{title}</bdi>
      </Link>
      . The form is ready for the next one.
    </Callout>
  );
}
