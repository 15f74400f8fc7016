import { describe, expect, it } from 'vitest';
import { statusSentence } from '@/components/metrics/status-sentence';
import type { MetricPoint } from '@/lib/shared/metrics';
import { metricPoint, metricPoints } from '@/tests/support/metric-points';

const clock = (instant: string) => instant.slice(11, 16);

const quiet = metricPoints(60);
const busy = metricPoints(60, { durationsMs: Array.from({ length: 20 }, () => 30) });

/** An hour whose minutes from one on are others. */
const changed = (from: number, given: Omit<Parameters<typeof metricPoint>[0], 'minute'>, until = 60) =>
  busy.map(
    (point, minute): MetricPoint =>
      minute >= from && minute < until ? metricPoint({ minute, ...given }) : point,
  );

describe('the status sentence', () => {
  it('says how many creates there were, how many failed and how long they took', () => {
    const { tone, sentence } = statusSentence({ create: busy, batch_row: quiet }, clock);

    expect(tone).toBe('success');
    expect(sentence).toMatch(
      /^Writes are healthy: 1,200 creates in the last hour; 0\s% of the creates failed, p95 /,
    );
  });

  it('names the code of creates that fail, and since when', () => {
    const create = changed(52, {
      outcomes: { success: 10, THROTTLING: 9, SYSTEM_ERROR: 1 },
      durationsMs: [30],
    });

    const { tone, sentence } = statusSentence({ create }, clock);

    expect(tone).toBe('danger');
    expect(sentence).toMatch(/^Creates are failing since 10:52: THROTTLING, 50\s% of the last 5 minutes\.$/);
  });

  it('says that a failure is over once the newest minute is good', () => {
    const create = changed(52, { outcomes: { success: 10, THROTTLING: 10 } }, 58);

    const { tone, sentence } = statusSentence({ create }, clock);

    expect(tone).toBe('warning');
    expect(sentence).toContain('Creates failed from 10:52 on, and succeed again since 10:59: THROTTLING');
  });

  it('says that writes are healthy again while the hour still shows how many failed', () => {
    const create = changed(30, { outcomes: { success: 10, THROTTLING: 10 } }, 45);

    expect(statusSentence({ create }, clock)).toMatchObject({
      tone: 'success',
      sentence: expect.stringMatching(/^Writes are healthy again: /),
    });
  });

  it('sees failing batch rows where nobody creates', () => {
    const batch_row = changed(58, { outcomes: { success: 1, ACCESS_DENIED: 499 } });

    expect(statusSentence({ create: quiet, batch_row }, clock).sentence).toContain(
      'Batch rows are failing since 10:58: ACCESS_DENIED',
    );
  });

  it('does not call it a failure that people sent wrong forms', () => {
    const create = changed(50, { outcomes: { success: 2, VALIDATION_ERROR: 18 } });

    expect(statusSentence({ create }, clock).tone).toBe('success');
  });

  it('does not raise its voice over one failure among many, nor over two in a quiet hour', () => {
    const one = changed(59, { outcomes: { success: 99, SYSTEM_ERROR: 1 } });
    const two = quiet.map((point, minute) =>
      minute === 59 ? metricPoint({ minute, outcomes: { SYSTEM_ERROR: 2 } }) : point,
    );

    expect(statusSentence({ create: one }, clock).tone).toBe('success');
    expect(statusSentence({ create: two }, clock).tone).toBe('success');
  });

  it('calls creates slow that miss the goal', () => {
    const create = changed(55, { durationsMs: Array.from({ length: 20 }, () => 900) });

    expect(statusSentence({ create }, clock).sentence).toContain('Creates are slow');
  });

  it('says since when nobody reports, instead of calling silence healthy', () => {
    const create = busy.map(
      (point, minute): MetricPoint => (minute > 40 ? { ...point, count: 0, state: 'silent' } : point),
    );

    expect(statusSentence({ create }, clock)).toMatchObject({
      tone: 'warning',
      sentence: expect.stringContaining('No process has reported since 10:40'),
    });
    expect(statusSentence({ create: metricPoints(60, { state: 'silent' }) }, clock).tone).toBe('neutral');
  });
});
