import { formatCount } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import type { RequestPlace, RequestStory } from '@/lib/shared/request';

const PLACES: Record<RequestPlace, string> = {
  audit: 'Audit trail, by request ID',
  lines: 'Warnings and errors of the last 8 days',
  failedItems: 'Failed items: those named by events and lines, and the newest 2,000',
  assignments: 'Assignments that it created or changed',
  batches: 'Batches that it made or worked for',
  metrics: 'Series of its minute',
};

/** Where it was looked and how much was found, so that nothing found is told from not looked. */
export function LookedAt({ story }: { story: RequestStory }) {
  return (
    <Section title="Where it was looked">
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        {story.looks.map(({ place, found, problem }) => (
          <div key={place} className="flex flex-wrap justify-between gap-x-4 px-4 py-2">
            <dt className="text-muted">{PLACES[place]}</dt>
            <dd className={problem === null ? 'tabular-nums' : 'min-w-0 break-words text-danger'}>
              {problem === null ? `${formatCount(found)} found` : `Could not be read. ${problem}`}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
