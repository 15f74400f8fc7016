const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';

/** A count as people read it: "1,000,000". */
export const formatCount = (count: number) => whole.format(count);

/** A count with its noun: "1 row", "206 rows". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A share from 0 to 1: "12.5 %". */
export const formatShare = (share: number) => `${oneDecimal.format(share * 100)}${NO_BREAK}%`;

const UNITS = ['bytes', 'kB', 'MB', 'GB'];

/** A size in decimal units, as file managers show it: "8.2 kB". */
export function formatBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return `${oneDecimal.format(bytes / 1000 ** power)}${NO_BREAK}${UNITS[power]}`;
}

/** A duration in its two largest units: "45 s", "2 min 5 s", "3 h 20 min". */
export function formatDuration(seconds: number): string {
  const total = Math.round(seconds);
  if (seconds > 0 && total === 0) return 'under 1 s';
  const parts = [
    [Math.floor(total / 3600), 'h'],
    [Math.floor((total % 3600) / 60), 'min'],
    [total % 60, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown = first === -1 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown
    .filter(([amount], index) => index === 0 || amount > 0)
    .map(([amount, unit]) => `${formatCount(amount)} ${unit}`)
    .join(' ');
}
