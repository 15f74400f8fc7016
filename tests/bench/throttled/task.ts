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

/** What the process with people is to do. */
export const peopleTaskSchema = z.object({
  rows: z.int(),
  warmUpSeconds: z.number(),
  idleSeconds: z.number(),
  createsPerSecond: z.number(),
});

/** How long each create took, in milliseconds, without and beside the batch. */
export const peopleResultSchema = z.object({
  idle: z.array(z.number()),
  beside: z.array(z.number()),
  failed: z.int(),
  batch: jobResultSchema,
});

export type PeopleResult = z.infer<typeof peopleResultSchema>;
