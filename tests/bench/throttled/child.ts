import { type ChildProcess, spawn } from 'node:child_process';
import * as z from 'zod';

/** The table that is throttled in all contests. */
export const CONTEST_TABLE = 'DemoProject-Assignments';

type Start = { file: string; task: object; endpoint: string; env?: Record<string, string> | undefined };

/** Starts a process that works behind the proxy at `endpoint`; resolves when it has loaded its modules and made its items. */
export async function startChild({ file, task, endpoint, env }: Start): Promise<ChildProcess> {
  const path = `tests/bench/throttled/${file}`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', path, JSON.stringify(task)],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DYNAMODB_ENDPOINT: endpoint,
        ASSIGNMENTS_TABLE: CONTEST_TABLE,
        AUTH_SECRET: 'a-secret-for-benchmarks-only-0123456789',
        LOG_LEVEL: 'silent',
        ...env,
      },
    },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  z.literal('ready').parse(await messageOf(child));
  return child;
}

/** Lets a started process go, and resolves with its answer. */
export async function letGo<Answer>(child: ChildProcess, schema: z.ZodType<Answer>): Promise<Answer> {
  const answer = messageOf(child);
  child.send('go');
  return schema.parse(await answer);
}

/** In a process: says that it is ready, and waits until all may go. */
export async function waitForGo(): Promise<void> {
  process.send?.('ready');
  z.literal('go').parse(await new Promise((resolve) => process.once('message', resolve)));
}

/** In a process: answers, and ends. */
export function answerAndEnd(answer: object): void {
  process.send?.(answer, undefined, undefined, () => process.exit(0));
}

function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The process of a contest ended with ${code}`)));
  });
}
