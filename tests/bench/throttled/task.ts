import * as z from 'zod';

/** What the process of a contestant is to do: each job writes `rows` items of its own. */
export const taskSchema = z.object({
  writer: z.string(),
  rows: z.int(),
  jobs: z.int(),
  mark: z.string(),
  endpoint: z.url(),
  table: z.string(),
});

export type Task = z.infer<typeof taskSchema>;

/** How a job ended, by its own word. */
export const jobResultSchema = z.object({
  written: z.array(z.string()),
  handedBack: z.array(z.string()),
  seconds: z.number(),
});

export type JobResult = z.infer<typeof jobResultSchema>;
