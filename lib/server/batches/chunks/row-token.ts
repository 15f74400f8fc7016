/** The token under which a row of a batch is written, however often and by whichever process. */
export function rowToken(batchId: string, rowNumber: number): string {
  return `${batchId}#${rowNumber}`;
}
