/**
 * Looks at the beginning of a stream without taking it away: `head` holds its first pieces, until their sizes sum up to
 * `size` (all of them where there are fewer), and `all` gives everything from the start.
 */
export async function withHead<Piece>(
  pieces: AsyncIterable<Piece>,
  size: number,
  sizeOf: (piece: Piece) => number,
): Promise<{ head: Piece[]; all: AsyncIterable<Piece> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const head: Piece[] = [];
  for (let sum = 0; sum < size; ) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    sum += sizeOf(next.value);
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
