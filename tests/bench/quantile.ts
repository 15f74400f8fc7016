/** The value below which the share `q` (0 to 1) of the samples lies, by the nearest rank. */
export function quantile(samples: number[], q: number): number {
  const sorted = [...samples].sort((first, second) => first - second);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
