import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { effectsApplied } from '@/lib/server/assignments/apply-effects';
import { createAssignment } from '@/lib/server/assignments/create-assignment';
import { createUser } from '@/lib/server/auth/create-user';
import { createCourse } from '@/lib/server/courses/create-course';
import { loadFailures } from '@/lib/server/demo/load-failures';
import { loadHistory } from '@/lib/server/demo/load-history';
import { loadMetrics } from '@/lib/server/demo/load-metrics';
import { requireLocalEngine } from '@/lib/server/demo/require-local-engine';
import { newRequestId } from '@/lib/server/request-id';
import { createTables } from '@/lib/server/tables';
import {
  type OuladRow,
  ouladAssignment,
  ouladCourse,
  ouladCourseId,
  ouladRowSchema,
} from '@/lib/shared/oulad';
import type { Role } from '@/lib/shared/permissions';
import type { Actor } from '@/lib/shared/session';

const FILE = path.join('public', 'samples', 'oulad-assessments.csv');
const PASSWORD = 'assignment-desk-demo';

/** The rest of the file is left for uploading. */
const LOADED_MODULES = ['AAA', 'BBB'];

type Account = { email: string; name: string; role: Role; department: string; modules: string[] };

const INSTRUCTOR: Account = {
  email: 'instructor@example.edu',
  name: 'Ines Structor',
  role: 'instructor',
  department: 'Social Sciences',
  modules: ['AAA', 'BBB', 'CCC'],
};

const ACCOUNTS: Account[] = [
  { email: 'admin@example.edu', name: 'Ada Min', role: 'admin', department: 'Registry', modules: [] },
  INSTRUCTOR,
  {
    email: 'instructor2@example.edu',
    name: 'Ivo Structor',
    role: 'instructor',
    department: 'STEM',
    modules: ['DDD', 'EEE'],
  },
  { email: 'ops@example.edu', name: 'Olga Peters', role: 'ops', department: 'IT Services', modules: [] },
  {
    email: 'auditor@example.edu',
    name: 'Audrey Tor',
    role: 'auditor',
    department: 'Internal Audit',
    modules: [],
  },
];

/**
 * Fills a local engine with the demo: tables, accounts, the 22 module presentations of OULAD as courses, and the
 * assessments of two modules as assignments, written the way every assignment is. Running it again adds nothing.
 * @param withFailures also prepares failed items for the operations team
 * @param withPast also makes up a past of metrics
 * @throws where the engine is not a local one
 */
export async function loadDemoData({ withFailures = false, withPast = false } = {}): Promise<{
  courses: number;
  users: number;
  assignments: number;
  failedItems: number;
}> {
  requireLocalEngine();
  await createTables();
  const rows = await readRows();
  const courses = new Map(rows.map((row) => [ouladCourseId(row), ouladCourse(row)]));
  for (const course of courses.values()) await createCourse(course);

  const people = new Map<string, Actor>();
  for (const { modules, ...person } of ACCOUNTS) {
    const courseIds = [...courses.keys()].filter((courseId) =>
      modules.some((module) => courseId.startsWith(module)),
    );
    const { userId } = await createUser({ ...person, courseIds, password: PASSWORD });
    people.set(person.email, { ...person, id: userId, courseIds });
  }

  await loadHistory([...people.values()], newRequestId());
  if (withPast) await loadMetrics(newRequestId());

  const loaded = rows.filter(({ code_module }) => LOADED_MODULES.includes(code_module));
  const author = personOf(INSTRUCTOR.email, people);
  for (const row of loaded) {
    const idempotencyKey = `demo-${row.id_assessment}`;
    await createAssignment(ouladAssignment(row, 'published'), author, {
      requestId: newRequestId(),
      idempotencyKey,
    });
  }
  await effectsApplied();
  const failedItems = withFailures
    ? await loadFailures({
        admin: personOf('admin@example.edu', people),
        instructor: author,
        ops: personOf('ops@example.edu', people),
      })
    : 0;
  return { courses: courses.size, users: people.size, assignments: loaded.length, failedItems };
}

function personOf(email: string, people: Map<string, Actor>): Actor {
  const person = people.get(email);
  if (!person) throw new Error(`The demo has no account ${email}`);
  return person;
}

async function readRows(): Promise<OuladRow[]> {
  const { data } = Papa.parse(await readFile(FILE, 'utf8'), { header: true, skipEmptyLines: true });
  return data.map((row) => ouladRowSchema.parse(row));
}
