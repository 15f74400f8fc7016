/**
 * Looks at the beginning of a stream without taking it away: `head` holds its first pieces up to `size` (all of it where
 * it is shorter), and `all` gives everything from the start.
 */
export async function withHead<Piece extends { length: number }>(
  pieces: AsyncIterable<Piece>,
  size: number,
): Promise<{ head: Piece[]; all: AsyncIterable<Piece> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const head: Piece[] = [];
  for (let length = 0; length < size; ) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  async function* all(): AsyncGenerator<Piece> {
    try {
      yield* head;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}
