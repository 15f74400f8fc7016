'use client';

import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { useStartCheck } from '@/lib/client/consistency';
import { useMay } from '@/lib/client/session-context';

type Props = { isRunning: boolean; onStarted: () => void };

/** Begins a check; while one is at work there is nothing to begin. */
export function StartCheck({ isRunning, onStarted }: Props) {
  const mayCheck = useMay('consistency:check');
  const start = useStartCheck();
  if (!mayCheck) return null;
  return (
    <div className="flex flex-col items-end gap-2">
      <Button
        variant="primary"
        isPending={start.isPending || isRunning}
        onClick={() => start.mutate(undefined, { onSuccess: onStarted })}
      >
        {isRunning ? 'Checking' : 'Check now'}
      </Button>
      {start.error && <ErrorState title="The check was not started" error={start.error} />}
    </div>
  );
}
