import { unreadableFile } from '@/lib/server/batches/file/file-problem';
import { checkRowLength } from '@/lib/server/batches/file/file-row';

/** How deep in brackets the scan is (1 is between the elements of the array), and whether in a text. */
type Scan = { depth: number; isInText: boolean; isEscaped: boolean };

type Boundary = 'open' | 'comma' | 'close' | 'wrong';

type State = 'before' | 'inside' | 'after';

const [QUOTE, BACKSLASH, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = Array.from(
  '"\\,[]{}',
  (character) => character.charCodeAt(0),
);

/**
 * Cuts the text of a JSON array (RFC 8259) into the texts of its elements as it comes, without judging them: each is
 * parsed by itself, so that no more than one row is ever held.
 * @throws {AppError} VALIDATION_ERROR where the text is no array or ends before it does, PAYLOAD_TOO_LARGE for a long element
 */
export async function* jsonElements(text: AsyncIterable<string>): AsyncGenerator<string> {
  const scan: Scan = { depth: 0, isInText: false, isEscaped: false };
  let state: State = 'before';
  let elements = 0;
  let open = '';
  for await (const piece of text) {
    const { parts, rest } = cut(scan, piece);
    for (const { boundary, end } of parts) {
      const element = open + end;
      open = '';
      requireState(state, boundary, element);
      state = boundary === 'close' ? 'after' : 'inside';
      if (isNoElement(boundary, element, elements)) continue;
      elements += 1;
      checkRowLength(elements, element.length);
      yield element;
    }
    open += rest;
    checkRowLength(elements + 1, open.length);
  }
  requireEnd(state, open);
}

/** Where one piece of text opens the array, separates its elements and closes it. */
function cut(scan: Scan, piece: string): { parts: { boundary: Boundary; end: string }[]; rest: string } {
  const parts: { boundary: Boundary; end: string }[] = [];
  let from = 0;
  for (let position = 0; position < piece.length; position++) {
    const boundary = advance(scan, piece.charCodeAt(position));
    if (!boundary) continue;
    parts.push({ boundary, end: piece.slice(from, position) });
    from = position + 1;
  }
  return { parts, rest: piece.slice(from) };
}

function advance(scan: Scan, character: number): Boundary | undefined {
  if (scan.isInText || character === QUOTE) return advanceInText(scan, character);
  switch (character) {
    case COMMA:
      return outerBoundary(scan.depth === 1, 'comma');
    case OPEN_ARRAY:
    case OPEN_OBJECT:
      scan.depth += 1;
      return outerBoundary(scan.depth === 1, character === OPEN_ARRAY ? 'open' : 'wrong');
    case CLOSE_ARRAY:
    case CLOSE_OBJECT:
      scan.depth -= 1;
      return outerBoundary(scan.depth === 0, character === CLOSE_ARRAY ? 'close' : 'wrong');
    default:
      return undefined;
  }
}

function outerBoundary(isOuter: boolean, boundary: Boundary): Boundary | undefined {
  return isOuter ? boundary : undefined;
}

function advanceInText(scan: Scan, character: number): undefined {
  if (scan.isEscaped) scan.isEscaped = false;
  else if (character === BACKSLASH) scan.isEscaped = true;
  else if (character === QUOTE) scan.isInText = !scan.isInText;
}

function requireState(state: State, boundary: Boundary, text: string): void {
  const isExpected = boundary === 'open' ? state === 'before' && text.trim() === '' : state === 'inside';
  if (!isExpected || boundary === 'wrong') throw noArray();
}

/** Before the opening bracket there is nothing, and an empty array has no element. */
function isNoElement(boundary: Boundary, text: string, elementsBefore: number): boolean {
  return boundary === 'open' || (boundary === 'close' && elementsBefore === 0 && text.trim() === '');
}

function requireEnd(state: State, rest: string): void {
  if (state === 'inside') {
    throw unreadableFile('The JSON ends before its array is closed: send the whole file');
  }
  if (state === 'before' || rest.trim() !== '') throw noArray();
}

function noArray() {
  return unreadableFile(
    'The JSON is not one array: write [{"title": "Essay"}, ...], or send one object per line as application/x-ndjson',
  );
}
