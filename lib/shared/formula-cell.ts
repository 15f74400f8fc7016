/** A text that a spreadsheet would run, or one that was made safe before (OWASP, "CSV Injection"). */
const FORMULA = /^'*[=+\-@\t\r]/;

/** Numbers are no formulas, whatever their sign. */
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A cell as a spreadsheet shows it without running it: with an apostrophe before what reads as a formula. */
export function safeCell(cell: string): string {
  return FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The cell from which `safeCell` made this one. */
export function originalCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
