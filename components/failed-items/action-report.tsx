'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { assignmentPath, itemPath } from '@/components/failed-items/failed-item-labels';
import { ACTION_VERBS, outcomeSentence } from '@/components/failed-items/outcome-text';
import type { ActionReport as Report } from '@/components/failed-items/use-actions';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorState } from '@/components/ui/error-state';
import { Kbd } from '@/components/ui/kbd';
import { TONE_STYLE } from '@/components/ui/tone';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { ItemOutcome } from '@/lib/shared/failed-item';

type Props = { report: Report | undefined; isPending: boolean; onClose: () => void };

/** What came of the last action, item by item. It lies over the page, so that nothing moves when it comes and goes. */
export function ActionReport({ report, isPending, onClose }: Props) {
  return (
    <>
      <p role="status" className="sr-only">
        {isPending ? 'Working…' : report?.outcomes && announcement(report.action, report.outcomes)}
      </p>
      {report && (
        <div className="relative rounded-lg border border-line bg-raised p-3 shadow-raised">
          {report.error ? (
            <ErrorState title={`${ACTION_VERBS[report.action]} was refused`} error={report.error} />
          ) : (
            <Outcomes action={report.action} outcomes={report.outcomes} />
          )}
          <button
            type="button"
            onClick={onClose}
            className="absolute top-2 right-2 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-4" />
            <VisuallyHidden>Close the report</VisuallyHidden>
          </button>
        </div>
      )}
    </>
  );
}

/** One item is told with its message: that is what whoever pressed the key waits for. */
function announcement(action: Report['action'], outcomes: readonly ItemOutcome[]): string {
  const [only] = outcomes;
  const sentence = outcomeSentence(action, outcomes);
  return only && outcomes.length === 1 ? `${sentence}: ${only.message}` : sentence;
}

const TEXT_TONES = {
  succeeded: TONE_STYLE.success,
  failed: TONE_STYLE.danger,
  skipped: TONE_STYLE.warning,
};

type OutcomesProps = { action: Report['action']; outcomes: ItemOutcome[] };

function Outcomes({ action, outcomes }: OutcomesProps) {
  const [only] = outcomes;
  const canBeUndone = action === 'discard' || action === 'snooze';
  return (
    <div className="flex flex-col gap-1 pr-8 text-sm">
      <p className="font-medium">
        {outcomeSentence(action, outcomes)}
        {canBeUndone && outcomes.some(({ outcome }) => outcome === 'succeeded') && (
          <span className="ml-2 font-normal text-muted">
            <Kbd>u</Kbd> takes it back
          </span>
        )}
      </p>
      {only && outcomes.length === 1 ? (
        <Outcome outcome={only} />
      ) : (
        outcomes.length > 0 && (
          <Disclosure
            summary="Each item"
            isQuiet
            isOpen={outcomes.some(({ outcome }) => outcome !== 'succeeded')}
          >
            <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto">
              {outcomes.map((outcome) => (
                <li key={outcome.id}>
                  <Outcome outcome={outcome} />
                </li>
              ))}
            </ul>
          </Disclosure>
        )
      )}
    </div>
  );
}

function Outcome({ outcome: { id, outcome, message, code, assignmentId } }: { outcome: ItemOutcome }) {
  return (
    <p className="break-words">
      <span className={`mr-1.5 rounded px-1.5 py-0.5 text-xs ${TEXT_TONES[outcome]}`}>{outcome}</span>
      <Link href={itemPath(id)} className="break-all underline underline-offset-2">
        {id}
      </Link>
      : {message}
      {code && <code className="ml-1.5 font-mono text-muted text-xs">{code}</code>}
      {outcome === 'succeeded' && assignmentId && (
        <Link href={assignmentPath(assignmentId)} className="ml-1.5 underline underline-offset-2">
          Open the assignment
        </Link>
      )}
    </p>
  );
}
