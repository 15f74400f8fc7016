import { expect, type Page } from '@playwright/test';

/** A course whose assignments no other test counts. */
export const COURSE = 'FFF-2014J';

type Row = { title: string; courseId?: string; type?: string; points?: string; dueAt?: string };

/** A file with our own columns; unlike any other one as long as its titles are. */
export function csvOf(rows: readonly Row[]): string {
  const lines = rows.map(({ title, courseId = COURSE, type = 'homework', points = '10', dueAt = '' }) =>
    [courseId, `"${title}"`, type, points, dueAt].join(','),
  );
  return `${['courseId,title,type,points,dueAt', ...lines].join('\r\n')}\r\n`;
}

/** So many rows of one test. */
export function rowsOf(marker: string, count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({ title: `${marker} ${index + 1}` }));
}

type FileToChoose = { name: string; text: string | Buffer };

/** Opens the page of batches and chooses a file there. */
export async function chooseFile(page: Page, { name, text }: FileToChoose, path = '/batches'): Promise<void> {
  await page.goto(path);
  const input = page.getByLabel('Choose a file');
  await expect(input).toBeEnabled();
  await input.setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
}

export const send = (page: Page) => page.getByRole('button', { name: 'Upload and check' }).click();

/** Uploads a file through the page and waits for its preview. Answers the id of the batch. */
export async function uploadFile(page: Page, file: FileToChoose, path?: string): Promise<string> {
  await chooseFile(page, file, path);
  await send(page);
  await expect(page.getByRole('heading', { name: 'Before it starts' })).toBeVisible();
  return batchIdOf(page);
}

/** The id of the batch that the page shows. */
export function batchIdOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** A batch made through the API with the page's session, ready to be started. */
export async function acceptedByApi(page: Page, text: string, name = 'file.csv'): Promise<string> {
  const response = await page.request.post('/api/batches', {
    params: { filename: name },
    headers: { 'Content-Type': 'text/csv' },
    data: Buffer.from(text),
  });
  expect(response.status()).toBe(202);
  const { data } = await response.json();
  return data.batchId;
}

/** Starts a batch through the API and waits until it has ended. */
export async function runByApi(page: Page, batchId: string): Promise<void> {
  const response = await page.request.post(`/api/batches/${batchId}/start`, { data: {} });
  expect(response.status()).toBe(200);
  await expect.poll(() => stateByApi(page, batchId), { timeout: 20_000 }).toMatch(/^done/);
}

export async function stateByApi(page: Page, batchId: string): Promise<string> {
  const response = await page.request.get(`/api/batches/${batchId}`);
  const { data } = await response.json();
  return data.state;
}

/** Where every row of the batch on the page is. */
export const equation = (page: Page) => page.getByText(/rows? =/);
