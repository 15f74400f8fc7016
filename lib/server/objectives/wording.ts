const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const SPANS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** A count as people read it: "1,204". */
export const countText = (count: number) => whole.format(count);

/** "34 of 1,200". */
export const partText = (part: number, total: number) => `${countText(part)} of ${countText(total)}`;

/** A share from 0 to 1 with three digits: "0.12 %". */
export const shareText = (share: number) => `${precise.format(share * 100)} %`;

/** How many times something is: "14.4×". */
export const timesText = (factor: number) => `${precise.format(factor)}×`;

/** A span of time in its largest units: "6 h", "1 d 4 h", "30 min". */
export function spanText(spanMs: number): string {
  const first = SPANS.findIndex(([unitMs]) => spanMs >= unitMs);
  if (first === -1) return '0 s';
  let leftMs = spanMs;
  return SPANS.slice(first, first + 2)
    .map(([unitMs, unit]) => {
      const amount = Math.floor(leftMs / unitMs);
      leftMs -= amount * unitMs;
      return { amount, unit };
    })
    .filter(({ amount }) => amount > 0)
    .map(({ amount, unit }) => `${amount} ${unit}`)
    .join(' ');
}

/** A duration of an operation: "34 ms", "1.2 s". */
export const durationText = (ms: number) =>
  ms < 1000 ? `${whole.format(ms)} ms` : `${precise.format(ms / 1000)} s`;
