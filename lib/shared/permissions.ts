export const ROLES = ['admin', 'instructor', 'ops', 'auditor'] as const;

export type Role = (typeof ROLES)[number];

/** Every right of the product and the roles that hold it. The one table: API, pages and tests read it. */
const ROLES_BY_PERMISSION = {
  'session:read': ['admin', 'instructor', 'ops', 'auditor'],
  'course:read': ['admin', 'instructor', 'ops', 'auditor'],
  'assignment:read': ['admin', 'instructor', 'ops', 'auditor'],
  'assignment:create': ['admin', 'instructor'],
  'assignment:update': ['admin', 'instructor'],
  'assignment:archive': ['admin', 'instructor'],
  'assignment:history': ['admin', 'instructor', 'ops', 'auditor'],
  'batch:read': ['admin', 'ops', 'auditor'],
  'batch:create': ['admin'],
  'batch:control': ['admin', 'ops'],
  'batch:undo': ['admin'],
  'failed-item:read': ['admin', 'ops', 'auditor'],
  'failed-item:retry': ['admin', 'ops'],
  'failed-item:edit': ['admin', 'ops'],
  'failed-item:discard': ['admin', 'ops'],
  'consistency:read': ['admin', 'ops', 'auditor'],
  'consistency:check': ['admin', 'ops'],
  'consistency:repair': ['admin'],
  'rollback:read': ['admin', 'ops', 'auditor'],
  'rollback:run': ['admin'],
  'audit:read': ['admin', 'ops', 'auditor'],
  'audit:export': ['admin', 'auditor'],
  'audit:personal': ['admin', 'auditor'],
  'audit:hold': ['admin'],
  'metrics:read': ['admin', 'instructor', 'ops', 'auditor'],
  'request:read': ['admin', 'ops', 'auditor'],
  'alert:read': ['admin', 'instructor', 'ops', 'auditor'],
  'alert:handle': ['admin', 'ops'],
  'response:switch': ['admin', 'ops'],
  'breaker:read': ['admin', 'instructor', 'ops', 'auditor'],
  'breaker:override': ['admin', 'ops'],
  'health:read': ['admin', 'ops'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ROLES_BY_PERMISSION;

export const PERMISSIONS = Object.keys(ROLES_BY_PERMISSION).filter(
  (permission): permission is Permission => permission in ROLES_BY_PERMISSION,
);

/** Whether people of this role hold this right at all; courses are judged by `mayEnterCourse`. */
export function mayRole(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = ROLES_BY_PERMISSION[permission];
  return roles.includes(role);
}

/** The rights of a role, for the pages to hide what cannot be done. */
export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => mayRole(role, permission));
}

/** Whether this person may read or write in this course: instructors only in courses they teach. */
export function mayEnterCourse(
  actor: { role: Role; courseIds: readonly string[] },
  courseId: string,
): boolean {
  return actor.role !== 'instructor' || actor.courseIds.includes(courseId);
}
