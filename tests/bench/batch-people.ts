/** Who uploads, and the courses of the generated rows. */
export const BENCH_PERSON = { email: 'admin@example.edu', password: 'assignment-desk-bench' };

export const BENCH_COURSE_IDS = Array.from({ length: 20 }, (_, position) => `BENCH-${2020 + position}`);

/** Where the dates of those courses belong. */
export const BENCH_FRAME = { timeZone: 'Europe/London', startsOn: '2030-02-01' };
