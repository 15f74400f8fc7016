import * as z from 'zod';
import { type Batch, batchSchema } from '@/lib/shared/batch';
import type { Processes } from '@/tests/crash/processes';
import { waitUntil } from '@/tests/crash/wait-until';

const batchAnswer = z.object({ data: batchSchema });
const retryAnswer = z.object({ data: z.object({ batchId: z.string() }) });
const listAnswer = z.object({ data: z.object({ items: z.array(batchSchema) }) });

type Step = 'start' | 'cancel' | 'undo';

/** The product as the person who uploads meets it, at whichever process answers. */
export type Desk = ReturnType<typeof createDesk>;

/** Requests that no process answers are sent again to the next one, as a person would. */
export function createDesk(processes: Processes, cookie: string) {
  /** Undefined while no process answers. */
  async function send(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    for (const url of processes.urls()) {
      try {
        const response = await fetch(`${url}${path}`, { ...init, headers: { ...init.headers, cookie } });
        if (response.status < 500) return response;
      } catch {
        // Killed in the middle: the next one may live.
      }
    }
    return undefined;
  }

  async function read<Data>(path: string, schema: z.ZodType<{ data: Data }>): Promise<Data> {
    const response = await waitUntil(`GET ${path}`, () => send(path));
    return schema.parse(await response.json()).data;
  }

  return {
    cookie,
    read: (batchId: string): Promise<Batch> => read(`/api/batches/${batchId}`, batchAnswer),
    /** Every batch made from a file of this name. */
    ofFile: async (fileName: string): Promise<Batch[]> => {
      const { items } = await read('/api/batches?limit=100', listAnswer);
      return items.filter((batch) => batch.fileName === fileName);
    },
    /** Presses a button until a process has answered; false where the state no longer allows it. */
    press: async (step: Step, batchId: string): Promise<boolean> => {
      const { status } = await waitUntil(step, () =>
        send(`/api/batches/${batchId}/${step}`, { method: 'POST' }),
      );
      if (status !== 409 && status >= 400) throw new Error(`${step} was answered ${status}`);
      return status < 400;
    },
    /** Asks for a retry of all failed rows of a batch, once: the batch that does it. */
    retryAll: async (batchId: string): Promise<string> => {
      const response = await waitUntil('retry', () =>
        send('/api/failed-items/retry', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ filter: { batchId }, reason: 'A crash test', itemsPerSecond: 1000 }),
        }),
      );
      return retryAnswer.parse(await response.json()).data.batchId;
    },
    /** Gives an assignment of version 1 another title. */
    rename: async (assignmentId: string, title: string): Promise<void> => {
      const { status } = await waitUntil('PATCH', () =>
        send(`/api/assignments/${assignmentId}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ version: 1, title }),
        }),
      );
      if (status !== 200) throw new Error(`The edit was answered ${status}`);
    },
  };
}
