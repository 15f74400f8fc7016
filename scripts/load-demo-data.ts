// The writes that DynamoDB refuses in the demo are refused without the waits of a real outage.
process.env.MAX_WAIT_TIME ??= '10';
const withFailures = process.argv.includes('--with-failures');
// What is refused on purpose need not be warned of.
if (withFailures) process.env.LOG_LEVEL = 'error';
const { loadDemoData } = await import('@/lib/server/demo/load-demo-data');

const { courses, users, assignments, failedItems } = await loadDemoData({
  withFailures,
  withPast: process.argv.includes('--with-past'),
});
console.log(
  `Demo data: ${courses} courses, ${users} accounts and ${assignments} assignments (OULAD, CC BY 4.0).`,
);
if (failedItems > 0) console.log(`${failedItems} failed items wait for the operations team.`);

export {};
