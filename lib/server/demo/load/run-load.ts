import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { type Answer, type DemoClient, dataOf } from '@/lib/server/demo/load/demo-client';
import { startLoadBatch } from '@/lib/server/demo/load/load-batch';
import { repeat } from '@/lib/server/demo/load/wait-until';

/** Between two requests of a kind; a form in ten is one that is refused, and one in ten is sent twice with the same key. */
const RHYTHM = { createMs: 350, editMs: 1100, readMs: 600 } as const;
const EVERY_TENTH = 10;

const ROWS = 3000;

/** When the stretch in which everything is refused begins and ends, and the batch starts, as shares of the time. */
const STRETCH = { from: 1 / 3, to: 2 / 3 } as const;
const BATCH_FROM = 1 / 5;

export type LoadPeople = { instructors: DemoClient[]; admin: DemoClient };

type LoadPlan = {
  seconds: number;
  people: LoadPeople;
  /** Lets the database refuse every write of assignments, or take them again. */
  refuseAll: (isRefusing: boolean) => void;
  say: (line: string) => void;
};

/** What the generator itself has counted: how the creates ended, by outcome; and the other requests. */
export type LoadCount = {
  creates: Map<string, number>;
  edits: Map<string, number>;
  reads: Map<string, number>;
  batchId: string;
  rows: number;
  refusedFrom: string;
  refusedTo: string;
};

const coursesSchema = z.object({ items: z.array(z.object({ courseId: z.string() })) });
const createdSchema = z.object({ assignmentId: z.string() });

/**
 * Mixed load on a running product through its API: forms of several instructors, edits, lists and a batch, with a stretch
 * in the middle in which the database refuses every write of assignments.
 * @throws where signing in or the upload fails; failures of the load itself are counted
 */
export async function runLoad({ seconds, people, refuseAll, say }: LoadPlan): Promise<LoadCount> {
  const mark = Date.now().toString(36);
  const startMs = Date.now();
  const untilMs = startMs + seconds * 1000;
  const tallies = { creates: new Map<string, number>(), edits: new Map(), reads: new Map() };
  const created: Created[] = [];
  const desks = await Promise.all(people.instructors.map(newDesk));
  const deskOf = (position: number) => desks[position % desks.length];

  const creating = repeat({ everyMs: RHYTHM.createMs, untilMs }, async (position) => {
    const desk = deskOf(position);
    if (desk) await createOne(desk, { position, mark, tally: tallies.creates, created });
  });
  const editing = repeat({ everyMs: RHYTHM.editMs, untilMs }, async (position) => {
    const target = created[position % Math.max(created.length, 1)];
    if (target) count(tallies.edits, await editOne(target, position));
  });
  const reading = repeat({ everyMs: RHYTHM.readMs, untilMs }, async (position) => {
    const desk = deskOf(position);
    if (desk) count(tallies.reads, await desk.client({ method: 'GET', path: desk.listPath }));
  });
  const batch = sleepUntil(startMs + seconds * 1000 * BATCH_FROM).then(() =>
    startLoadBatch(people.admin, {
      rows: ROWS,
      courseIds: desks.flatMap(({ courseIds }) => courseIds),
      mark,
    }),
  );

  await sleepUntil(startMs + seconds * 1000 * STRETCH.from);
  const refusedFrom = new Date().toISOString();
  say('The database refuses every write of assignments from now on');
  refuseAll(true);
  await sleepUntil(startMs + seconds * 1000 * STRETCH.to);
  const refusedTo = new Date().toISOString();
  refuseAll(false);
  say('The database takes writes again');

  const [batchId] = await Promise.all([batch, creating, editing, reading]);
  return { ...tallies, batchId, rows: ROWS, refusedFrom, refusedTo };
}

type Desk = { client: DemoClient; courseIds: string[]; listPath: string };
type Created = { client: DemoClient; assignmentId: string; version: number };

async function newDesk(client: DemoClient): Promise<Desk> {
  const answer = client({ method: 'GET', path: '/api/courses?limit=100' });
  const courseIds = (await dataOf(answer, coursesSchema)).items.map(({ courseId }) => courseId);
  const listPath = `/api/assignments?${new URLSearchParams({ courseId: courseIds[0] ?? '' })}`;
  return { client, courseIds, listPath };
}

type Creation = { position: number; mark: string; tally: Map<string, number>; created: Created[] };

/** One form; each answer that its caller got is counted, also where the same form was sent twice. */
async function createOne({ client, courseIds }: Desk, { position, mark, tally, created }: Creation) {
  const isWrong = position % EVERY_TENTH === 3;
  const isTwice = position % EVERY_TENTH === 7;
  const body = {
    courseId: courseIds[position % courseIds.length],
    title: isWrong ? '' : `Load ${mark}, form ${position + 1}`,
    type: 'homework',
    points: 100,
  };
  const send = () => client({ method: 'POST', path: '/api/assignments', body, key: `${mark}-${position}` });
  const answer = await send();
  count(tally, answer);
  if (isTwice) count(tally, await send());
  const { data } = createdSchema.safeParse(answer.data);
  if (data) created.push({ client, assignmentId: data.assignmentId, version: 1 });
}

/** Another edit may have been quicker: then this one is refused, as it is for people. */
async function editOne(target: Created, position: number): Promise<Answer> {
  const { client, assignmentId, version } = target;
  const body = { version, points: 10 + (position % 90) };
  const answer = await client({ method: 'PATCH', path: `/api/assignments/${assignmentId}`, body });
  if (answer.outcome === 'success') target.version++;
  return answer;
}

function count(tally: Map<string, number>, { outcome }: Answer): void {
  tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
}

const sleepUntil = (atMs: number) => pause(Math.max(0, atMs - Date.now()));
