import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/section';
import type { Tone } from '@/components/ui/tone';
import { useMay } from '@/lib/client/session-context';
import type { RequestStory } from '@/lib/shared/request';

const EFFECT_LABELS = {
  course: 'course count',
  instructor: 'instructor count',
  audit: 'audit event',
} as const;

/** The assignments, failed items and batches that the request made or touched, as they are now. */
export function RequestParts({ story }: { story: RequestStory }) {
  const { requestId, assignments, failedItems, batches } = story;
  const mayReadItems = useMay('failed-item:read');
  if (assignments.length + failedItems.length + batches.length === 0) return null;
  return (
    <Section title="What it is about" description="As it is now, which may be later than the request.">
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        {assignments.map(({ assignmentId, title, courseId, pendingEffects, requestId: madeBy }) => (
          <Part
            key={assignmentId}
            kind={madeBy === requestId ? 'Assignment, created here' : 'Assignment'}
            href={`/assignments/${encodeURIComponent(assignmentId)}`}
            name={`${title} in ${courseId}`}
          >
            {pendingEffects.length > 0 && (
              <Badge tone="warning">
                pending: {pendingEffects.map((effect) => EFFECT_LABELS[effect]).join(', ')}
              </Badge>
            )}
          </Part>
        ))}
        {failedItems.map(({ id, title, state, code }) => (
          <Part
            key={id}
            kind="Failed item"
            href={mayReadItems ? `/failed-items/${encodeURIComponent(id)}` : undefined}
            name={title || id}
          >
            <Badge tone={ITEM_TONES[state]}>{state}</Badge>
            <code className="font-mono text-muted text-xs">{code}</code>
          </Part>
        ))}
        {batches.map(({ batchId, fileName, state, isMadeHere }) => (
          <Part
            key={batchId}
            kind={isMadeHere ? 'Batch, made here' : 'Batch'}
            href={`/batches/${encodeURIComponent(batchId)}`}
            name={fileName || batchId}
          >
            <Badge>{state.replaceAll('_', ' ')}</Badge>
          </Part>
        ))}
      </ul>
    </Section>
  );
}

const ITEM_TONES: Record<RequestStory['failedItems'][number]['state'], Tone> = {
  open: 'danger',
  retrying: 'info',
  unknown: 'warning',
  snoozed: 'neutral',
  succeeded: 'success',
  discarded: 'neutral',
};

type PartProps = { kind: string; href: string | undefined; name: string; children?: ReactNode };

function Part({ kind, href, name, children }: PartProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <span className="w-44 text-muted">{kind}</span>
      {href ? (
        <Link
          href={href}
          className="min-h-6 min-w-0 break-words text-accent leading-6 underline underline-offset-2"
        >
          <bdi>{name}</bdi>
        </Link>
      ) : (
        <bdi className="min-w-0 break-words">{name}</bdi>
      )}
      {children}
    </li>
  );
}
