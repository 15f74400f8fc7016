'use client';

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Callout } from '@/components/ui/callout';
import { assignmentSchema } from '@/lib/shared/assignment';

/** An earlier sending of this form had arrived after all, and was edited since: nothing is written twice by accident. */
export function AlreadyCreated({ current, onSendAsNew }: { current: unknown; onSendAsNew: () => void }) {
  const parsed = assignmentSchema.safeParse(current);
  if (!parsed.success) return null;
  const { assignmentId, title } = parsed.data;
  return (
    <Callout tone="warning" role="alert" title="This form was already sent once, and that assignment exists">
      <p>
        It was created as <bdi className="font-medium">{title}</bdi> before you changed the form. Open it to
        make your change there, or create what stands here as a second assignment.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <ButtonLink size="small" href={`/assignments/${encodeURIComponent(assignmentId)}`}>
          Open the existing one
        </ButtonLink>
        <Button size="small" onClick={onSendAsNew}>
          Create a second one
        </Button>
      </div>
    </Callout>
  );
}
