import { expect, type Page } from '@playwright/test';

export type Stored = {
  assignmentId: string;
  title: string;
  version: number;
  courseId: string;
  points: number;
};

/** The stored assignments of a course whose title begins so, read through the API with the page's session. */
export async function storedWithTitle(page: Page, courseId: string, title: string): Promise<Stored[]> {
  const response = await page.request.get('/api/assignments', { params: { courseId, title, limit: 100 } });
  expect(response.status()).toBe(200);
  const { data } = await response.json();
  return data.items;
}

/** Creates an assignment through the API with the page's session. */
export async function createdByApi(
  page: Page,
  content: { courseId: string; title: string; dueAt?: string },
): Promise<string> {
  const response = await page.request.post('/api/assignments', { data: { type: 'homework', ...content } });
  expect(response.status()).toBe(201);
  const { data } = await response.json();
  return data.assignmentId;
}

/** Edits an assignment through the API, as a colleague would meanwhile. */
export async function editedByApi(page: Page, assignmentId: string, changes: object): Promise<void> {
  const response = await page.request.patch(`/api/assignments/${assignmentId}`, { data: changes });
  expect(response.status()).toBe(200);
}
