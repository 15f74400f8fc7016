/** What may stand between the cells of a CSV file. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

const LINES_JUDGED = 20;

const delimiters: readonly string[] = DELIMITERS;

/**
 * Tells the delimiter from the first lines of a CSV file, counted outside quotes: one that the header has and that
 * occurs equally often in the most lines; of several, the one with the most cells. A comma where there is only one column.
 */
export function delimiterOf(head: string): Delimiter {
  const [header, ...lines] = countsByLine(head);
  if (!header) return ',';
  const scores = DELIMITERS.map((delimiter, position) => {
    const inHeader = header[position] ?? 0;
    const alike = lines.filter((counts) => counts[position] === inHeader).length;
    return { delimiter, inHeader, alike };
  });
  const best = scores
    .filter(({ inHeader }) => inHeader > 0)
    .sort((a, b) => b.alike - a.alike || b.inHeader - a.inHeader)[0];
  return best?.delimiter ?? ',';
}

/** How often each delimiter occurs in each of the first lines that are not blank. */
function countsByLine(head: string): number[][] {
  const lines: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let isBlank = true;
  const endLine = () => {
    if (!isBlank) lines.push(counts);
    counts = DELIMITERS.map(() => 0);
    isBlank = true;
  };
  // A quoted part counts as one piece; one that is cut off at the end of the head as well.
  for (const [piece] of head.matchAll(/"(?:[^"]|"")*(?:"|$)|[\r\n]+|[^"\r\n]/g)) {
    if (/^[\r\n]/.test(piece)) endLine();
    else isBlank = false;
    const position = delimiters.indexOf(piece);
    if (position >= 0) counts[position] = (counts[position] ?? 0) + 1;
    if (lines.length >= LINES_JUDGED) return lines;
  }
  endLine();
  return lines;
}
