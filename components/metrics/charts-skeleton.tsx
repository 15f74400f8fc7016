import { Skeleton } from '@/components/ui/skeleton';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { SERIES } from '@/lib/shared/metrics';

/** The place of the charts while they load. */
export function ChartsSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <VisuallyHidden>Loading the charts</VisuallyHidden>
      {SERIES.map((series) => (
        <Skeleton key={series} className="h-60 w-full rounded-lg" />
      ))}
    </div>
  );
}
