const EVERY_MS = 100;

/**
 * Asks again and again until there is an answer.
 * @throws where none came within `limitMs`
 */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  limitMs = 120_000,
): Promise<Answer> {
  const endMs = Date.now() + limitMs;
  while (Date.now() < endMs) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  throw new Error(`${what}: not within ${limitMs / 1000} s`);
}
