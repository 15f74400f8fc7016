import { describe, expect, it } from 'vitest';
import { loadDemoData } from '@/lib/server/demo/load-demo-data';
import { createTables, missingTables } from '@/lib/server/tables';
import { courseItem } from '@/tests/support/factories';
import { recordedCalls } from '@/tests/support/faults';

describe('the tables', () => {
  it('are created once: setting up again, also at the same moment, changes nothing', async () => {
    const created = await Promise.all([createTables(), createTables()]);

    expect(created).toEqual([[], []]);
    expect(await missingTables()).toEqual([]);
    expect(recordedCalls().map(({ command }) => command)).not.toContain('CreateTable');
  });
});

describe('the demo data', () => {
  it('is loaded once: 22 courses, 5 accounts, 54 assignments, and counters that equal them', async () => {
    expect(await loadDemoData()).toEqual({ courses: 22, users: 5, assignments: 54 });
    const first = await courseItem('BBB-2013B');

    await loadDemoData();

    expect(first).toMatchObject({ assignmentCount: 12 });
    expect(await courseItem('BBB-2013B')).toEqual(first);
    expect(await courseItem('GGG-2014J')).toMatchObject({ assignmentCount: 0 });
  });
});
