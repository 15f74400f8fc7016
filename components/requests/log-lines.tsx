import { offsetText } from '@/components/requests/timeline';
import { Badge } from '@/components/ui/badge';
import { Disclosure } from '@/components/ui/disclosure';
import { countOf } from '@/components/ui/number-format';
import { Section } from '@/components/ui/section';
import type { LogLine, RequestStory } from '@/lib/shared/request';

const TONES = { INFO: 'neutral', WARN: 'warning', ERROR: 'danger' } as const;

/** The kept lines of the log with all their fields, for those who want to know exactly. */
export function LogLines({ story }: { story: RequestStory }) {
  const { lines, droppedLines, beganAt } = story;
  return (
    <Section
      title="Log lines"
      description="Warnings and errors of this request from all processes, kept for 8 days without secrets and emails. How it was answered is kept where it failed or stands for others in the metrics."
    >
      {lines.length === 0 ? (
        <p className="text-muted">No warning and no error was kept.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {lines.map((line, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added behind the others.
            <li key={position} className="rounded-lg border border-line bg-surface px-4 py-2 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <Badge tone={TONES[line.level]}>{line.level}</Badge>
                <span className="min-w-0 break-words font-medium">{line.event}</span>
                <time dateTime={line.at} title={line.at} className="text-muted text-xs tabular-nums">
                  {offsetText(beganAt, line.at)}
                </time>
              </p>
              <Disclosure summary={`Fields of line ${position + 1}`} isQuiet>
                <Fields line={line} />
              </Disclosure>
            </li>
          ))}
        </ul>
      )}
      {droppedLines > 0 && (
        <p className="text-muted text-sm">
          {countOf(droppedLines, 'line')} of that minute, of this or other requests,{' '}
          {droppedLines === 1 ? 'was' : 'were'} not kept, because there were too many. The log of the process
          has them.
        </p>
      )}
    </Section>
  );
}

function Fields({ line: { at, process, facts } }: { line: LogLine }) {
  const fields = Object.entries({ time: at, process, ...facts });
  return (
    <dl className="flex flex-col gap-0.5 font-mono text-xs">
      {fields.map(([name, value]) => (
        <div key={name} className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3">
          <dt className="break-all text-muted">{name}</dt>
          <dd className="min-w-0 whitespace-pre-wrap break-all">{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
