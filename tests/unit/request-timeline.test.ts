import { describe, expect, it } from 'vitest';
import { requestSentence } from '@/components/requests/request-sentence';
import { offsetText, timelineOf } from '@/components/requests/timeline';
import { type LogLine, REQUEST_PLACES, type RequestStory } from '@/lib/shared/request';

const BEGAN = '2026-11-25T10:42:07.000Z';
const ID = `req_${Date.parse(BEGAN)}_4fzyo82mq`;
const at = (ms: number) => new Date(Date.parse(BEGAN) + ms).toISOString();

const aLine = (ms: number, line: Partial<LogLine>): LogLine => ({
  ...{ at: at(ms), level: 'WARN', event: 'retry', process: 'a1', facts: {} },
  ...line,
});

const aStory = (known: Partial<RequestStory>): RequestStory => ({
  ...{ requestId: ID, beganAt: BEGAN, events: [], hasMoreEvents: false, people: {}, assignments: [] },
  ...{ failedItems: [], batches: [], minute: null, lines: [], droppedLines: 0 },
  looks: REQUEST_PLACES.map((place) => ({ place, found: known.lines?.length ?? 0, problem: null })),
  ...known,
});

describe('the time line of a request', () => {
  it('tells each attempt, the waits between them and the answer, in their order', () => {
    const facts = { operation: 'createAssignment', code: 'THROTTLING', reason: 'Too fast' };
    const lines = [
      aLine(7100, {
        level: 'ERROR',
        event: 'request failed',
        facts: { ...facts, status: 503, durationMs: 7100.4 },
      }),
      aLine(20, { facts: { ...facts, retry: 1, waitMs: 1000 } }),
      aLine(1040, { facts: { ...facts, retry: 2, waitMs: 2000 } }),
    ];

    expect(timelineOf(aStory({ lines })).map(({ text }) => text)).toEqual([
      'Attempt 1 of createAssignment was refused, next attempt after 1,000 ms',
      'Attempt 2 of createAssignment was refused, next attempt after 2,000 ms',
      'createAssignment answered with status 503, after 7,100 ms',
    ]);
  });

  it('tells only those attempts on a failed item that belong to the request', () => {
    const attempt = {
      outcome: 'failed',
      code: 'THROTTLING',
      class: 'transient',
      message: 'Too fast',
    } as const;
    const attempts = [ID, 'req_1_other'].map((requestId, position) => ({
      ...{ ...attempt, requestId, at: at(position), actor: null, bulkId: null },
    }));
    const item = { ...({ id: 'create.1', title: 'Tides' } as RequestStory['failedItems'][number]), attempts };

    expect(timelineOf(aStory({ failedItems: [item] }))).toMatchObject([
      { text: 'Listed among the failed items: Tides', detail: 'THROTTLING: Too fast' },
    ]);
  });

  it('says how long after the beginning something was, in a fitting unit', () => {
    expect([34, 2410, 190_000].map((ms) => offsetText(BEGAN, at(ms)))).toEqual([
      '+34 ms',
      '+2.41 s',
      '+3 min',
    ]);
  });
});

describe('the sentence of a request', () => {
  it('tells unknown from quiet', () => {
    expect(requestSentence(aStory({}))).toBe('Nothing is known of this request.');
    expect(requestSentence(aStory({ lines: [aLine(1, {}), aLine(2, {})] }))).toBe(
      'This request needed 2 retries.',
    );
  });
});
