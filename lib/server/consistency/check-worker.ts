import { settleKeptEvents } from '@/lib/server/audit-log/record-event';
import { classifyError } from '@/lib/server/classify-error';
import { readRunState } from '@/lib/server/consistency/run/read-run';
import { workOnRun } from '@/lib/server/consistency/run/work-on-run';
import { startCheck } from '@/lib/server/consistency/start-check';
import { env } from '@/lib/server/env';
import { log } from '@/lib/server/log';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

const HOUR_MS = 60 * 60_000;

/** Who a check belongs to that begins by itself. */
const SCHEDULE = { id: 'schedule', role: 'ops', department: '', name: 'Schedule' } as const;

type State = { isOn: boolean; work: Promise<void> | undefined };

const state = processState<State>('checkWorker', () => ({ isOn: false, work: undefined }));

/** Lets this process work on checks. */
export function startCheckWork(): void {
  state.isOn = true;
}

/** Ends the work on checks; what is in hand is given back after its piece. */
export async function stopCheckWork(): Promise<void> {
  state.isOn = false;
  await state.work;
}

/**
 * Looks for a check that is at work, and takes part in it.
 * @throws {AppError} what DynamoDB answered
 */
export async function lookForChecks(requestId: string): Promise<void> {
  if (!state.isOn || state.work) return;
  const { activeRunId } = await readRunState(requestId);
  if (activeRunId) takePart(activeRunId);
}

/** Takes part in a check at once, where this process does such work: for a person who has just pressed the button. */
export function takePart(runId: string): void {
  if (!state.isOn || state.work) return;
  const requestId = newRequestId();
  state.work = workOnRun(runId, { requestId, mayGoOn: () => state.isOn })
    .catch((thrown) => {
      const { code, message } = classifyError(thrown);
      log.warn('check held up', { requestId, operation: 'workOnRun', runId, code, reason: message });
    })
    .then(() => {
      state.work = undefined;
    });
}

/**
 * Begins a check where none has begun for as long as the environment says: one process of many does. Writes the events
 * that the audit table had refused.
 * @throws {AppError} what DynamoDB answered
 */
export async function scheduleChecks(requestId: string): Promise<void> {
  await settleKeptEvents(requestId);
  const hours = env.CONSISTENCY_EVERY_HOURS;
  if (hours === 0) return;
  const unlessSince = new Date(Date.now() - hours * HOUR_MS).toISOString();
  const run = await startCheck({ trigger: 'schedule', startedBy: SCHEDULE, unlessSince }, requestId);
  if (run) log.info('check begun by schedule', { requestId, operation: 'scheduleChecks', runId: run.runId });
}
