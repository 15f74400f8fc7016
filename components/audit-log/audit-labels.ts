import {
  ASSIGNMENT_ACTIONS,
  type AuditAction,
  BATCH_ACTIONS,
  CHECK_ACTIONS,
  EXPORT_ACTIONS,
  FAILED_ITEM_EVENT_ACTIONS,
  REPAIR_ACTIONS,
  SESSION_ACTIONS,
  SETTING_ACTIONS,
  VIEW_ACTIONS,
} from '@/lib/shared/audit-event';

/** The actions by kind, as the filter offers them. */
export const ACTION_GROUPS: { label: string; actions: readonly AuditAction[] }[] = [
  { label: 'Assignments', actions: ASSIGNMENT_ACTIONS },
  { label: 'Batches', actions: BATCH_ACTIONS },
  { label: 'Failed items', actions: FAILED_ITEM_EVENT_ACTIONS },
  { label: 'Sessions', actions: SESSION_ACTIONS },
  { label: 'Exports', actions: EXPORT_ACTIONS },
  { label: 'Personal data', actions: VIEW_ACTIONS },
  { label: 'Settings', actions: SETTING_ACTIONS },
  { label: 'Checks and repairs', actions: [...CHECK_ACTIONS, ...REPAIR_ACTIONS] },
];

/** An action in plain words: "Create assignment". */
export function actionLabel(action: AuditAction): string {
  const words = action.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Some actions in plain words; a whole kind by its name. */
export function actionsLabel(actions: readonly AuditAction[]): string {
  const group = ACTION_GROUPS.find(({ actions: all }) => all.join() === actions.join());
  return group && group.actions.length > 1 ? group.label : actions.map(actionLabel).join(', ');
}

/** A person by name where it is known, otherwise by ID. */
export function personName(id: string, people: Record<string, { name: string }>): string {
  if (id === 'system') return 'Assignment Desk';
  if (id === 'anonymous') return 'Somebody';
  return people[id]?.name ?? id;
}
