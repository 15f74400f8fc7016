import { type Moment, offsetText, timelineOf } from '@/components/requests/timeline';
import { classNames } from '@/components/ui/class-names';
import { Section } from '@/components/ui/section';
import type { Tone } from '@/components/ui/tone';
import type { RequestStory } from '@/lib/shared/request';

const DOTS: Record<Tone, string> = {
  neutral: 'before:bg-control',
  info: 'before:bg-accent',
  success: 'before:bg-success',
  warning: 'before:bg-warning',
  danger: 'before:bg-danger',
};

/** Attempts, events and problems in the order in which they happened, each by its distance from the beginning. */
export function RequestTimeline({ story }: { story: RequestStory }) {
  const moments = timelineOf(story);
  if (moments.length === 0) return null;
  return (
    <Section title="What happened">
      <ol className="flex flex-col border-line border-l">
        {moments.map((moment) => (
          <Entry key={moment.key} moment={moment} beganAt={story.beganAt} />
        ))}
      </ol>
      {story.hasMoreEvents && (
        <p className="text-muted text-sm">There are more events of this request in the audit trail.</p>
      )}
    </Section>
  );
}

function Entry({ moment, beganAt }: { moment: Moment; beganAt: string }) {
  const { at, tone, text, detail } = moment;
  return (
    <li
      className={classNames(
        'relative py-1.5 pl-4 text-sm before:absolute before:top-3.5 before:-left-1 before:size-2 before:rounded-full',
        DOTS[tone],
      )}
    >
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <bdi className="min-w-0 break-words">{text}</bdi>
        <time dateTime={at} title={at} className="whitespace-nowrap text-muted text-xs tabular-nums">
          {offsetText(beganAt, at)}
        </time>
      </p>
      {detail && <p className="break-words text-muted text-xs">{detail}</p>}
    </li>
  );
}
