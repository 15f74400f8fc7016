import * as z from 'zod';
import { failureSchema } from '@/lib/shared/api';

const PASSWORD = 'assignment-desk-demo';

/** How a request ended for its caller: `success`, the code of a failure, or `NO_ANSWER`. */
export type Answer = { outcome: string; requestId: string | null; data: unknown };

type Call = { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown; text?: string; key?: string };

export type DemoClient = (call: Call) => Promise<Answer>;

const successSchema = z.object({ success: z.literal(true), data: z.unknown(), requestId: z.string() });
const answerSchema = z.union([successSchema, failureSchema]);

/**
 * Signs in at a running product as one of its demo accounts.
 * @returns what calls its API as that person; a failure is an answer, not an exception
 * @throws where signing in fails
 */
export async function signInAtDemo(url: string, email: string): Promise<DemoClient> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`Signing in as ${email} was answered ${response.status}`);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const cookie = cookies.join('; ');
  return (call) => send(url, cookie, call);
}

async function send(url: string, cookie: string, { method, path, body, text, key }: Call): Promise<Answer> {
  const headers = {
    cookie,
    'content-type': text === undefined ? 'application/json' : 'text/csv',
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  try {
    const init = { method, headers, ...(content === undefined ? {} : { body: content }) };
    const answer = answerSchema.parse(await (await fetch(`${url}${path}`, init)).json());
    if (answer.success) return { outcome: 'success', requestId: answer.requestId, data: answer.data };
    const { code, requestId } = answer.details;
    return { outcome: code, requestId, data: undefined };
  } catch {
    // Whether it arrived is not known: that is an outcome of its own, which nothing can equal.
    return { outcome: 'NO_ANSWER', requestId: null, data: undefined };
  }
}

/**
 * The data of a successful answer.
 * @throws where it failed, or is of another form
 */
export async function dataOf<Schema extends z.ZodType>(
  answer: Promise<Answer>,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const { outcome, data, requestId } = await answer;
  if (outcome !== 'success') throw new Error(`Request ${requestId ?? ''} ended with ${outcome}`);
  return schema.parse(data);
}
