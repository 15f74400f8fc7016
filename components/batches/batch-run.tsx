import { BatchEquation } from '@/components/batches/batch-equation';
import { BatchProgress } from '@/components/batches/batch-progress';
import { CourseResults } from '@/components/batches/course-results';
import { FailedRows } from '@/components/batches/failed-rows';
import { KeptRows } from '@/components/batches/kept-rows';
import { NotCreated } from '@/components/batches/not-created';
import { RateChart } from '@/components/batches/rate-chart';
import { runStats } from '@/components/batches/run-stats';
import { StatList } from '@/components/ui/stat-list';
import type { BatchDetail } from '@/lib/shared/batch';

/** A batch that was started: where its rows are, how fast it goes, and everything that was not created and why. */
export function BatchRun({ batch }: { batch: BatchDetail }) {
  return (
    <>
      <section
        aria-label="Progress"
        className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4"
      >
        <BatchProgress batch={batch} className="h-3" />
        <BatchEquation batch={batch} />
      </section>
      <StatList stats={runStats(batch)} />
      {batch.startedAt && <RateChart batch={batch} startedAt={batch.startedAt} />}
      <NotCreated batch={batch} />
      {batch.failed > 0 && <FailedRows batch={batch} />}
      {batch.kept > 0 && <KeptRows batch={batch} />}
      <CourseResults batch={batch} />
    </>
  );
}
