import { hasRoom, type InFlight, learnInFlight, newInFlight } from '@/lib/server/governor/in-flight';
import { learnPace } from '@/lib/server/governor/learn-pace';
import {
  drivenRate,
  mostUnits,
  mostUnitsInFlight,
  newPace,
  type Pace,
  refill,
  spend,
  waitMs,
} from '@/lib/server/governor/pace';

/** A call that waits for its turn; `units`: what it would like to write. */
type Waiter = { units: () => number; admit: (mostUnits: number) => void };

/** What holds back everything that this process writes to one table, in write units. */
export type Governor = {
  table: string;
  /** A clock in milliseconds that never goes back. */
  now: () => number;
  /** Units a second that the table is known to have, for all processes together. */
  known: number | undefined;
  pace: Pace;
  inFlight: InFlight;
  waiting: Waiter[];
  /** Units written by people, and by batches and retries, since the process began. */
  spent: { people: number; work: number };
  peopleAtMs: number;
  timer: NodeJS.Timeout | undefined;
  /** A call waits for units, and for nothing else. */
  isShort: boolean;
};

/** People are at work for so long after their last write. */
const PEOPLE_STAY_MS = 10_000;

export function newGovernor(table: string, now: () => number = () => performance.now()): Governor {
  return {
    table,
    now,
    known: undefined,
    pace: newPace(now()),
    inFlight: newInFlight(),
    waiting: [],
    spent: { people: 0, work: 0 },
    peopleAtMs: Number.NEGATIVE_INFINITY,
    timer: undefined,
    isShort: false,
  };
}

/**
 * What a call tells: the units of the rows that the table took and refused, and how many rows they were. Zero items: it
 * was not sent. `isUnknown`: it failed otherwise, so nothing is known.
 */
export type Sent<Result> = {
  result: Result;
  items: number;
  taken: number;
  refused: number;
  isUnknown?: boolean;
};

/**
 * Runs a call of a batch or a retry as soon as there is room for it, in the order of asking: no faster than the table
 * takes writes, and no more calls at a time than are of use.
 * @param units what the call would like to write; asked again when its turn has come
 * @param call is told how many units it may write; one row may always go
 */
export async function runGoverned<Result>(
  governor: Governor,
  units: () => number,
  call: (mostUnits: number) => Promise<Sent<Result>>,
): Promise<Result> {
  const most = await new Promise<number>((admit) => {
    refillNow(governor);
    governor.waiting.push({ units, admit });
    admitWaiting(governor);
  });
  const turn = { most, sentAtMs: governor.now(), wasFull: !hasRoom(governor.inFlight) };
  let sent: Sent<Result> | undefined;
  try {
    sent = await call(most);
    return sent.result;
  } finally {
    refillNow(governor);
    governor.inFlight.now -= 1;
    governor.inFlight.units -= most;
    if (sent) learn(governor, sent, turn);
    admitWaiting(governor);
  }
}

/** Counts a write that does not wait: a person's, or one that the product cannot put off. */
export function noteWrite(governor: Governor, units: number, isPersons: boolean): void {
  if (isPersons) governor.peopleAtMs = governor.now();
  governor.spent[isPersons ? 'people' : 'work'] += units;
  refillNow(governor);
  spend(governor.pace, units);
}

export const arePeopleActive = ({ now, peopleAtMs }: Governor): boolean =>
  now() - peopleAtMs < PEOPLE_STAY_MS;

/** Whether the table has refused everything for several calls: trying on at once is of no use. */
export const isStalled = ({ pace }: Governor): boolean => pace.stalls > 1;

/** Write units a second that may pass now, endless while nothing limits them. */
export const unitsPerSecond = (governor: Governor): number =>
  drivenRate(governor.pace, arePeopleActive(governor));

function refillNow(governor: Governor): void {
  refill(governor.pace, {
    nowMs: governor.now(),
    arePeopleActive: arePeopleActive(governor),
    isBusy: governor.waiting.length > 0 || governor.inFlight.now > 0,
    isShort: governor.isShort,
  });
}

function admitWaiting(governor: Governor): void {
  const { pace, inFlight, waiting } = governor;
  clearTimeout(governor.timer);
  refillNow(governor);
  governor.isShort = false;
  for (let first = waiting[0]; first && hasRoom(inFlight); first = waiting[0]) {
    const units = first.units();
    const leftMs = units > 0 ? waitMs(pace, units, arePeopleActive(governor)) : 0;
    if (leftMs > 0) {
      governor.isShort = true;
      governor.timer = setTimeout(() => admitWaiting(governor), Math.ceil(leftMs));
      return;
    }
    const most = Math.min(units, Math.max(mostUnits(pace), 1));
    if (inFlight.now > 0 && inFlight.units + most > mostUnitsInFlight(pace)) return;
    waiting.shift();
    inFlight.now += 1;
    inFlight.units += most;
    spend(pace, most);
    first.admit(most);
  }
}

type Turn = { most: number; sentAtMs: number; wasFull: boolean };

function learn(governor: Governor, sent: Sent<unknown>, { most, sentAtMs, wasFull }: Turn): void {
  const { pace, inFlight, spent, now } = governor;
  // What was taken away for the call, and not used, comes back.
  if (!sent.isUnknown) spend(pace, sent.taken + sent.refused - most);
  if (sent.items === 0 || sent.isUnknown) return;
  spent.work += sent.taken;
  const nowMs = now();
  learnPace(pace, { taken: sent.taken, refused: sent.refused, sentAtMs, nowMs });
  if (sent.refused === 0) {
    learnInFlight(inFlight, { items: sent.items, nowMs, wasFull });
  }
}
