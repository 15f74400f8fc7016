import { type DemoClient, dataOf } from '@/lib/server/demo/load/demo-client';
import { endedBatch, readLoadBatch } from '@/lib/server/demo/load/load-batch';
import { areEqual, countedSince, minus, type Outcomes } from '@/lib/server/demo/load/numbers';
import type { LoadCount } from '@/lib/server/demo/load/run-load';
import { waitUntil } from '@/lib/server/demo/load/wait-until';
import { type Alerts, alertsSchema } from '@/lib/shared/alert';
import { type BreakerChange, breakersSchema } from '@/lib/shared/breaker';

/** One line of the check: what was expected, what the product says, and whether that is right. */
export type Finding = { what: string; expected: string; found: string; isRight: boolean };

/** The longest that each is waited for, in seconds. */
const PATIENCE = { batch: 240, breaker: 60, metrics: 45, alerts: 300 } as const;

export type LoadCheck = {
  client: DemoClient;
  load: LoadCount;
  /** What the metrics said before the load. */
  before: Record<'create' | 'batch_row', Outcomes>;
  from: string;
  say: (line: string) => void;
};

/** Compares what the generator has counted with what the product shows, once it has had the time to show it. */
export async function checkLoad(check: LoadCheck): Promise<Finding[]> {
  const { client, load, say } = check;
  const wait = { what: 'the batch has ended', seconds: PATIENCE.batch, say };
  await waitUntil(wait, () => endedBatch(client, load.batchId));
  const breaker = await breakerFinding(check);
  return [...(await countFindings(check)), breaker, ...(await alertFindings(check))];
}

async function countFindings({ client, load, before, from, say }: LoadCheck): Promise<Finding[]> {
  const { created, rejected, failed, waiting, rows } = await readLoadBatch(client, load.batchId);
  const read = async () => {
    const now = await countedSince(client, from);
    return { create: minus(now.create, before.create), rows: minus(now.batch_row, before.batch_row) };
  };
  const isComplete = async () => {
    const counted = await read();
    return areEqual(counted.create, load.creates) && sumOf(counted.rows) === rows ? counted : undefined;
  };
  const wait = { what: 'all processes have reported', seconds: PATIENCE.metrics, say };
  const counted = (await waitUntil(wait, isComplete)) ?? (await read());
  const outcomes = [...new Set([...load.creates.keys(), ...counted.create.keys()])].sort();
  return [
    ...outcomes.map((outcome) =>
      equal(`creates: ${outcome}`, load.creates.get(outcome) ?? 0, counted.create.get(outcome) ?? 0),
    ),
    equal('batch rows: sent and decided', load.rows, sumOf(counted.rows)),
    equal('batch rows: created', created, counted.rows.get('success') ?? 0),
    equal(
      'batch rows: rejected, failed or waiting',
      rejected + failed + waiting,
      sumOf(counted.rows) - (counted.rows.get('success') ?? 0),
    ),
  ];
}

/** The breaker opens while everything is refused, and closes once it is not. */
async function breakerFinding({ client, load, say }: LoadCheck): Promise<Finding> {
  const read = async () => {
    const query = new URLSearchParams({ from: load.refusedFrom });
    return dataOf(client({ method: 'GET', path: `/api/breakers?${query}` }), breakersSchema);
  };
  const wait = { what: 'the breaker is closed', seconds: PATIENCE.breaker, say };
  const isClosed = async () => {
    const now = await read();
    return now.breakers.every(({ state }) => state === 'closed') ? now : undefined;
  };
  const { breakers, history } = (await waitUntil(wait, isClosed)) ?? (await read());
  const opened = history.find(({ to }) => to === 'open');
  const closed = history.findLast(({ to }) => to === 'closed');
  return {
    what: 'breaker',
    expected: `opens after ${clock(load.refusedFrom)}, closes after ${clock(load.refusedTo)}`,
    found: [changeText('opened', opened), changeText('closed', closed)].join(', '),
    isRight:
      breakers.every(({ state }) => state === 'closed') &&
      opened !== undefined &&
      closed !== undefined &&
      closed.at > opened.at,
  };
}

const changeText = (verb: string, change: BreakerChange | undefined) =>
  change ? `${verb} ${clock(change.at)}` : `never ${verb}`;

/** Rules that look at the last two minutes: they are over soon after what they tell of. Burn rates look at hours. */
const QUICK_RULES = { mustFire: 'creates-fail-now', mayFire: 'throttled-now' } as const;

/** The alert for failing creates fires and resolves; what else watches the moment resolves as well. */
async function alertFindings({ client, load, say }: LoadCheck): Promise<Finding[]> {
  const read = async () => {
    const alerts = await dataOf(client({ method: 'GET', path: '/api/alerts' }), alertsSchema);
    return firedSince(alerts, load.refusedFrom);
  };
  const isOver = async () => {
    const quick = (await read()).filter(isQuick);
    const hasFired = quick.some(({ ruleId }) => ruleId === QUICK_RULES.mustFire);
    return hasFired && quick.every(({ resolvedAt }) => resolvedAt) ? true : undefined;
  };
  await waitUntil({ what: 'alerts are resolved', seconds: PATIENCE.alerts, say }, isOver);
  const fired = await read();
  for (const { title, at } of fired.filter((alert) => !isQuick(alert))) {
    say(`Fired at ${clock(at)} as well, and looks back further than this load: ${title}`);
  }
  const quick = fired.filter(isQuick).map(alertFinding);
  if (fired.some(({ ruleId }) => ruleId === QUICK_RULES.mustFire)) return quick;
  const what = `alert: ${QUICK_RULES.mustFire}`;
  return [...quick, { what, expected: 'fires, and is resolved', found: 'never fired', isRight: false }];
}

type Fired = { ruleId: string; title: string; at: string; resolvedAt: string | undefined };

const isQuick = ({ ruleId }: Fired) => Object.values<string>(QUICK_RULES).includes(ruleId);

function alertFinding({ title, at, resolvedAt }: Fired): Finding {
  const found = `fired ${clock(at)}, ${resolvedAt ? `resolved ${clock(resolvedAt)}` : 'not resolved'}`;
  return {
    what: `alert: ${title}`,
    expected: 'fires, and is resolved',
    found,
    isRight: resolvedAt !== undefined,
  };
}

function firedSince({ history }: Alerts, from: string): Fired[] {
  const since = history.filter(({ at }) => at >= from);
  return since
    .filter(({ kind }) => kind === 'firing')
    .map(({ ruleId, title, at }) => {
      const isEnd = (event: (typeof since)[number]) =>
        event.ruleId === ruleId && event.kind === 'resolved' && event.at >= at;
      return { ruleId, title, at, resolvedAt: since.find(isEnd)?.at };
    });
}

function equal(what: string, expected: number, found: number): Finding {
  return { what, expected: String(expected), found: String(found), isRight: expected === found };
}

const sumOf = (outcomes: Outcomes) => [...outcomes.values()].reduce((sum, count) => sum + count, 0);

const clock = (instant: string) => instant.slice(11, 19);
