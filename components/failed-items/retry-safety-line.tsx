import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { countOf, formatCount, formatShare } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import type { RetrySafety } from '@/lib/shared/failed-item';

/** Whether retrying makes sense now; one line that is always there, so that nothing moves when the weather changes. */
export function RetrySafetyLine({ safety }: { safety: RetrySafety | undefined }) {
  if (!safety) return <Skeleton className="h-9 w-full" />;
  const Icon = safety.isSafe ? ShieldCheck : ShieldAlert;
  return (
    <p
      role="status"
      className={`flex min-h-9 items-center gap-2 rounded-md px-3 py-1.5 text-sm ${safety.isSafe ? 'bg-sunken' : 'bg-warning-soft'}`}
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${safety.isSafe ? 'text-success' : 'text-warning'}`} />
      <span>{safetySentence(safety)}</span>
    </p>
  );
}

/** What writes came to in the last two minutes, and what follows from it. */
export function safetySentence({ isSafe, failed, succeeded, code }: RetrySafety): string {
  const all = failed + succeeded;
  if (!isSafe) {
    const why = code ? `, most of them with ${code}` : '';
    return `Not safe now: ${formatShare(failed / Math.max(all, 1))} of ${countOf(all, 'write')} in the last two minutes failed${why}. A retry would probably fail again.`;
  }
  if (all === 0) return 'Nothing speaks against retrying: there were no writes in the last two minutes.';
  if (failed === 0) return `Safe to retry: ${countOf(all, 'write')} in the last two minutes, none failed.`;
  return `Safe to retry: ${formatCount(failed)} of ${countOf(all, 'write')} in the last two minutes failed.`;
}
