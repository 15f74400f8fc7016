import { perSecond, rowNoun } from '@/components/batches/batch-labels';
import { endedRows, endedShare } from '@/components/batches/batch-parts';
import { countOf, formatCount, formatDuration, formatShare } from '@/components/ui/number-format';
import type { Stat } from '@/components/ui/stat-list';
import { type BatchDetail, isFinal } from '@/lib/shared/batch';

const UNKNOWN = '–';

/** How fast a batch goes; once it has ended, how fast it went. */
export function runStats(batch: BatchDetail): Stat[] {
  return isFinal(batch.state) ? statsAfter(batch) : statsNow(batch);
}

function statsNow(batch: BatchDetail): Stat[] {
  const { rowsPerSecond, throttledShare, secondsLeft } = batch.rates;
  return [
    {
      label: 'Ended',
      value: formatShare(Math.floor(endedShare(batch) * 1000) / 1000),
      detail: `of all ${rowNoun(batch)}s`,
    },
    {
      label: perSecond(batch),
      value: rowsPerSecond === null ? UNKNOWN : formatCount(rowsPerSecond),
      detail: 'over the last half minute',
    },
    {
      label: 'Throttled',
      value: throttledShare === null ? UNKNOWN : formatShare(throttledShare),
      detail: 'of the items sent',
    },
    {
      label: 'Time left',
      value: secondsLeft === null ? UNKNOWN : formatDuration(secondsLeft),
      detail: 'at this speed',
    },
  ];
}

function statsAfter(batch: BatchDetail): Stat[] {
  const { startedAt, finishedAt } = batch;
  const seconds =
    startedAt && finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : undefined;
  const ended = endedRows(batch);
  return [
    { label: 'Ended', value: formatCount(ended), detail: `of ${countOf(batch.rows, rowNoun(batch))}` },
    {
      label: 'Duration',
      value: seconds === undefined ? UNKNOWN : formatDuration(seconds),
      detail: 'from start to end',
    },
    {
      label: perSecond(batch),
      value: seconds ? formatCount(ended / seconds) : UNKNOWN,
      detail: 'on average',
    },
  ];
}
