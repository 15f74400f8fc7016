/**
 * Runs what it is given one after the other, in the order of asking. Commits of one batch change the same numbers: sent
 * together they would only refuse each other.
 */
export function oneAtATime(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run, run);
    last = result.catch(() => undefined);
    return result;
  };
}
