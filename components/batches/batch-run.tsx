import { BatchEquation } from '@/components/batches/batch-equation';
import { rowNoun } from '@/components/batches/batch-labels';
import { BatchProgress } from '@/components/batches/batch-progress';
import { CauseList } from '@/components/batches/cause-list';
import { CourseResults } from '@/components/batches/course-results';
import { FailedRows } from '@/components/batches/failed-rows';
import { KeptRows } from '@/components/batches/kept-rows';
import { NotCreated } from '@/components/batches/not-created';
import { RateChart } from '@/components/batches/rate-chart';
import { runStats } from '@/components/batches/run-stats';
import { TargetResults } from '@/components/batches/target-results';
import { Section } from '@/components/ui/section';
import { StatList } from '@/components/ui/stat-list';
import { type BatchDetail, isBulk } from '@/lib/shared/batch';

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
      {isBulk(batch.kind) ? <TargetEnds batch={batch} /> : <RowEnds batch={batch} />}
    </>
  );
}

function RowEnds({ batch }: { batch: BatchDetail }) {
  return (
    <>
      <NotCreated batch={batch} />
      {batch.failed > 0 && <FailedRows batch={batch} />}
      {batch.kept > 0 && <KeptRows batch={batch} />}
      <CourseResults batch={batch} />
    </>
  );
}

function TargetEnds({ batch }: { batch: BatchDetail }) {
  return (
    <>
      {batch.causes.length > 0 && (
        <Section title="Why not all succeeded">
          <CauseList causes={batch.causes} noun={rowNoun(batch)} />
        </Section>
      )}
      <TargetResults batch={batch} />
    </>
  );
}
