import { loadDemoData } from '@/lib/server/demo/load-demo-data';

const { courses, users, assignments } = await loadDemoData();
console.log(
  `Demo data: ${courses} courses, ${users} accounts and ${assignments} assignments (OULAD, CC BY 4.0).`,
);
