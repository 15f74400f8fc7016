import { formatCount } from '@/components/ui/number-format';
import type { Tone } from '@/components/ui/tone';
import type { AuditEntry } from '@/lib/shared/audit-log';
import { auditSentence } from '@/lib/shared/audit-sentence';
import type { LogLine, RequestStory } from '@/lib/shared/request';

/** One thing that happened, in the order of time. `detail` adds what a sentence has no room for. */
export type Moment = { key: string; at: string; tone: Tone; text: string; detail: string | null };

/** What events, attempts and log lines of a request tell together, oldest first. */
export function timelineOf(story: RequestStory): Moment[] {
  const { requestId, lines, events, people, failedItems } = story;
  const moments = [
    ...lines.map(momentOfLine),
    ...events.map((event, at) => momentOfEvent(event, at, people)),
    ...failedItems.flatMap((item) =>
      item.attempts
        .filter((attempt) => attempt.requestId === requestId)
        .map((attempt, at) => momentOfAttempt(item, attempt, at)),
    ),
  ];
  return moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** A retry says which attempt was refused and how long was waited before the next. */
export function momentOfLine({ at, level, event, facts }: LogLine, position: number): Moment {
  const shared = { key: `line ${position}`, at, tone: TONES[level] };
  const why = [facts.code, facts.reason].filter(Boolean).join(': ') || null;
  if (event === 'retry') {
    const wait = `next attempt after ${formatCount(Number(facts.waitMs))} ms`;
    return {
      ...shared,
      text: `Attempt ${facts.retry} of ${facts.operation} was refused, ${wait}`,
      detail: why,
    };
  }
  if (facts.status !== undefined) {
    const after = `after ${formatCount(Number(facts.durationMs))} ms`;
    return {
      ...shared,
      text: `${facts.operation} answered with status ${facts.status}, ${after}`,
      detail: why,
    };
  }
  return { ...shared, text: sentenceCase(event), detail: why };
}

const TONES: Record<LogLine['level'], Tone> = { INFO: 'neutral', WARN: 'warning', ERROR: 'danger' };

function momentOfEvent(event: AuditEntry, position: number, people: RequestStory['people']): Moment {
  const key = `event ${position}`;
  const name = personName(event.actor.id, people);
  if (event.kind === 'rows') {
    const verb = event.action === 'CREATE_ASSIGNMENT' ? 'created' : 'deleted';
    const text = `${name}: the batch ${verb} ${formatCount(event.rows)} assignments`;
    return { key, at: event.lastTime, tone: 'success', text, detail: null };
  }
  const tone = event.outcome === 'success' ? 'success' : 'danger';
  return { key, at: event.time, tone, text: auditSentence(event, name), detail: event.reason };
}

type Item = RequestStory['failedItems'][number];

function momentOfAttempt(item: Item, attempt: Item['attempts'][number], position: number): Moment {
  return {
    key: `attempt ${item.id} ${position}`,
    at: attempt.at,
    tone: attempt.outcome === 'failed' ? 'danger' : 'success',
    text:
      attempt.outcome === 'failed'
        ? `Listed among the failed items: ${item.title || item.id}`
        : `The failed item ${item.title || item.id}: ${attempt.outcome}`,
    detail: attempt.outcome === 'failed' ? `${attempt.code ?? 'failed'}: ${attempt.message}` : null,
  };
}

/** A person by name where it is known, otherwise by ID. */
function personName(id: string, people: RequestStory['people']): string {
  if (id === 'system') return 'Assignment Desk';
  if (id === 'anonymous') return 'Somebody';
  return people[id]?.name ?? id;
}

const sentenceCase = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** How long after the beginning of the request: "+34 ms", "+2.41 s", "+3 min". */
export function offsetText(beganAt: string, at: string): string {
  const ms = Math.max(0, Date.parse(at) - Date.parse(beganAt));
  if (ms < 1000) return `+${ms} ms`;
  if (ms < 60_000) return `+${(ms / 1000).toFixed(2)} s`;
  return `+${formatCount(ms / 60_000)} min`;
}
