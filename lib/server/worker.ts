import { deliverAlerts } from '@/lib/server/alerts/deliveries/deliver-alerts';
import { EVALUATE_EVERY_MS, evaluateAlerts } from '@/lib/server/alerts/evaluate-alerts';
import { sweepEffects } from '@/lib/server/assignments/sweep-effects';
import { followHold } from '@/lib/server/audit-log/legal-hold/follow-hold';
import { sealHours } from '@/lib/server/audit-log/seals/seal-hours';
import { lookForBatches, startBatchWork, stopBatchWork } from '@/lib/server/batches/worker/batch-worker';
import { classifyError } from '@/lib/server/classify-error';
import {
  lookForChecks,
  scheduleChecks,
  startCheckWork,
  stopCheckWork,
} from '@/lib/server/consistency/check-worker';
import { discoverGroups } from '@/lib/server/failed-items/groups/discover-groups';
import { recountGroups } from '@/lib/server/failed-items/groups/recount-groups';
import { recordHeldUpUndos } from '@/lib/server/failed-items/record/record-held-up-undos';
import { recordOverdueEffects } from '@/lib/server/failed-items/record/record-overdue-effects';
import { lookAfterItems } from '@/lib/server/failed-items/settle/look-after-items';
import { itemsSettled } from '@/lib/server/failed-items/settle/settle-items';
import { log } from '@/lib/server/log';
import { rollUpMetrics } from '@/lib/server/metrics/roll-up-metrics';
import { processState } from '@/lib/server/process-state';
import { newRequestId } from '@/lib/server/request-id';

/** Time between two sweeps, and how old effects must be: younger ones are still in the hands of who answered the create. */
const SWEEP = { everyMs: 5000, ageMs: 5000 };

/** Time between two looks for what should have come right by itself, and how long it has to: then ops see it. */
const OVERDUE = { everyMs: 60_000, ageMs: 10 * 60_000 };

/** Time between two looks at failed items that time or others settle. */
const LOOK_AFTER_ITEMS_MS = 5000;

/** Time between two looks whether stored events still have to follow a legal hold. */
const FOLLOW_HOLD_MS = 10_000;

/** Time between two looks for batches that need a worker. */
const LOOK_EVERY_MS = 1000;

/** Time between two counts of groups of failed items, and between two looks for groups that nobody noted. */
const RECOUNT_EVERY_MS = 2000;
const DISCOVER_EVERY_MS = 60_000;
/** The same for checks of consistency, and between two looks whether one is due. */
const CHECKS = { lookEveryMs: 5000, scheduleEveryMs: 60_000 };

/** Time between two roll-ups of metrics: hours and days are behind by so much. */
const ROLL_UP_METRICS_MS = 60_000;

/** Time between two looks for hours to seal. */
const SEAL_HOURS_MS = 20_000;

/** Time between two looks for messages of alerts that are to be sent. */
const DELIVER_ALERTS_MS = 3000;

type Round = { operation: string; everyMs: number; run: (requestId: string) => Promise<unknown> };

type Worker = { timers: Map<string, NodeJS.Timeout> };

const worker = processState<Worker>('worker', () => ({ timers: new Map() }));

/**
 * Starts the background work of this process: it applies effects that were left pending, and looks after batches and
 * failed items. Any
 * number of processes may run it beside each other. Starting it again changes nothing.
 */
export function startWorker(sweep = SWEEP): void {
  startBatchWork();
  startCheckWork();
  begin({
    operation: 'sweepEffects',
    everyMs: sweep.everyMs,
    run: (requestId) => sweepEffects(new Date(Date.now() - sweep.ageMs).toISOString(), requestId),
  });
  begin({
    operation: 'recordOverdue',
    everyMs: OVERDUE.everyMs,
    run: async (requestId) => {
      const olderThan = new Date(Date.now() - OVERDUE.ageMs).toISOString();
      await recordOverdueEffects(olderThan, requestId);
      await recordHeldUpUndos(olderThan, requestId);
    },
  });
  begin({ operation: 'lookAfterItems', everyMs: LOOK_AFTER_ITEMS_MS, run: lookAfterItems });
  begin({ operation: 'lookForBatches', everyMs: LOOK_EVERY_MS, run: lookForBatches });
  begin({ operation: 'recountGroups', everyMs: RECOUNT_EVERY_MS, run: recountGroups });
  begin({ operation: 'discoverGroups', everyMs: DISCOVER_EVERY_MS, run: discoverGroups });
  begin({ operation: 'lookForChecks', everyMs: CHECKS.lookEveryMs, run: lookForChecks });
  begin({ operation: 'followHold', everyMs: FOLLOW_HOLD_MS, run: followHold });
  begin({ operation: 'rollUpMetrics', everyMs: ROLL_UP_METRICS_MS, run: rollUpMetrics });
  begin({
    operation: 'sealHours',
    everyMs: SEAL_HOURS_MS,
    run: (requestId) => sealHours(requestId, { mayGoOn: () => worker.timers.size > 0 }),
  });
  // A failed evaluation is a WARN like that of any round; sending never makes it wait.
  begin({
    operation: 'evaluateAlerts',
    everyMs: EVALUATE_EVERY_MS,
    run: (requestId) => evaluateAlerts(requestId),
  });
  begin({ operation: 'deliverAlerts', everyMs: DELIVER_ALERTS_MS, run: deliverAlerts });
  begin({ operation: 'scheduleChecks', everyMs: CHECKS.scheduleEveryMs, run: scheduleChecks });
}

/** Stops claiming background work and resolves when none is in hand; what is left is found by the next worker. */
export async function stopWorker(): Promise<void> {
  for (const timer of worker.timers.values()) clearTimeout(timer);
  worker.timers.clear();
  await Promise.all([stopBatchWork(), stopCheckWork()]);
  await itemsSettled();
}

function begin(round: Round): void {
  if (!worker.timers.has(round.operation)) worker.timers.set(round.operation, schedule(round));
}

/** Rounds never overlap, and processes started together drift apart. The timer does not keep the process alive. */
function schedule(round: Round): NodeJS.Timeout {
  const waitMs = round.everyMs * (0.75 + Math.random() / 2);
  return setTimeout(async () => {
    await runOnce(round);
    if (worker.timers.has(round.operation)) worker.timers.set(round.operation, schedule(round));
  }, waitMs).unref();
}

async function runOnce({ operation, run }: Round): Promise<void> {
  const requestId = newRequestId();
  try {
    await run(requestId);
  } catch (thrown) {
    const { code, message } = classifyError(thrown);
    log.warn('background round failed, trying again in the next one', {
      requestId,
      operation,
      code,
      reason: message,
    });
  }
}
