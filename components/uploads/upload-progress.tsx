'use client';

import { Button } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/number-format';
import { ProgressBar } from '@/components/ui/progress-bar';
import { LeaveUploadDialog } from '@/components/uploads/leave-upload-dialog';
import type { UploadProgress } from '@/lib/client/batch-upload';

const PHASES: Record<UploadProgress['phase'], string> = {
  checking: 'Checking the file',
  sending: 'Sending the file',
  reading: 'Sent. The server checks every row',
};

type Props = { progress: UploadProgress | null; onCancel: () => void };

/** How far an upload is. Screen readers hear the phases, not the bytes. */
export function UploadProgressView({ progress, onCancel }: Props) {
  const { phase, doneBytes, totalBytes } = progress ?? { phase: 'checking', doneBytes: 0, totalBytes: 0 };
  const isCounted = phase !== 'reading';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status">{PHASES[phase]}</p>
        <span className="flex items-center gap-3">
          {isCounted && (
            <span className="text-muted text-sm tabular-nums">
              {formatBytes(doneBytes)} of {formatBytes(totalBytes)}
            </span>
          )}
          <Button size="small" onClick={onCancel}>
            Cancel upload
          </Button>
        </span>
      </div>
      <ProgressBar
        label="Progress of the upload"
        parts={[{ label: 'done', value: doneBytes, tone: 'info' }]}
        total={isCounted ? totalBytes : null}
      />
      <LeaveUploadDialog />
    </div>
  );
}
