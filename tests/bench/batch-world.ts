import { createUser } from '@/lib/server/auth/create-user';
import { createCourse } from '@/lib/server/courses/create-course';
import { createTables } from '@/lib/server/tables';
import { BENCH_COURSE_IDS, BENCH_FRAME, BENCH_PERSON } from '@/tests/bench/batch-people';

// Run as a process of its own, because the environment names one engine for as long as a process lives.
await createTables();
await createUser({ ...BENCH_PERSON, name: 'Bench', role: 'admin', department: 'Registry', courseIds: [] });
for (const courseId of BENCH_COURSE_IDS) {
  await createCourse({ courseId, title: `Benchmark ${courseId}`, department: 'STEM', ...BENCH_FRAME });
}
