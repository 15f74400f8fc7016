'use client';

import Link from 'next/link';
import { useId } from 'react';
import { RESPONSE_LABELS } from '@/components/alerts/alert-labels';
import { Badge } from '@/components/ui/badge';
import { ErrorState } from '@/components/ui/error-state';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import { useSwitchResponse } from '@/lib/client/alerts';
import { useMay } from '@/lib/client/session-context';
import type { AutomaticResponse } from '@/lib/shared/alert';

/** What the product may do by itself, each with its switch and what it is doing. */
export function ResponseList({ responses }: { responses: readonly AutomaticResponse[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {responses.map((response) => (
        <li key={response.responseId} className="flex flex-col gap-1 px-4 py-3">
          <Response response={response} />
        </li>
      ))}
    </ul>
  );
}

function Response({ response }: { response: AutomaticResponse }) {
  const descriptionId = useId();
  const maySwitch = useMay('response:switch');
  const change = useSwitchResponse(response.responseId);
  const { title, does } = RESPONSE_LABELS[response.responseId];
  const { isOn, switchedBy, switchedAt } = response;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {maySwitch ? (
          <label className="flex min-h-6 items-center gap-2 font-medium">
            <input
              type="checkbox"
              checked={change.isPending ? change.variables : isOn}
              aria-describedby={descriptionId}
              onChange={({ target }) => change.isPending || change.mutate(target.checked)}
              className="size-4 accent-accent-solid"
            />
            {title}
          </label>
        ) : (
          <span className="font-medium">
            {title}: {isOn ? 'on' : 'off'}
          </span>
        )}
        {response.isActive && <Badge tone="info">Active</Badge>}
        {switchedBy && switchedAt && (
          <span className="text-muted text-sm">
            Switched {isOn ? 'on' : 'off'} by <bdi>{switchedBy}</bdi>, <Time value={switchedAt} />
          </span>
        )}
      </div>
      <p id={descriptionId} className="text-muted text-sm">
        {does}
      </p>
      <Doing response={response} />
      {change.error && <ErrorState title="It was not switched" error={change.error} />}
    </>
  );
}

/** What it does at this moment, waits for, or did last. */
function Doing({ response }: { response: AutomaticResponse }) {
  const mayReadBatches = useMay('batch:read');
  const { isActive, since, sentence, waitingSince, batchId, holds } = response;
  return (
    <>
      {isActive && since && (
        <p className="text-sm">
          Active since <Time value={since} precision="seconds" />: {sentence}.
        </p>
      )}
      {!isActive && waitingSince && <p className="text-sm">It waits for the recovery.</p>}
      {!isActive && !waitingSince && sentence && <p className="text-muted text-sm">Last: {sentence}.</p>}
      {holds.length > 0 && <p className="text-sm">It holds {countOf(holds.length, 'batch', 'batches')}.</p>}
      {batchId && mayReadBatches && (
        <p className="text-sm">
          <Link
            href={`/batches/${encodeURIComponent(batchId)}`}
            className="rounded text-accent underline underline-offset-2"
          >
            Its batch of retries
          </Link>
        </p>
      )}
    </>
  );
}
