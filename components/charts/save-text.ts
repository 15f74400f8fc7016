/** Gives the person a file. */
export function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // Browsers read the file after the click; the address must live that long.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
