import type { AuditAction, AuditResource } from '@/lib/shared/audit-event';

/** What an event must say of itself to be told in a sentence. */
export type ToldEvent = {
  action: AuditAction;
  outcome: 'success' | 'failure';
  resource: AuditResource;
  code: string | null;
};

/** An event in one plain sentence: "Ines Structor created the assignment Essay 1 in AAA-2013J". */
export function auditSentence(event: ToldEvent, actorName: string): string {
  const target = resourceText(event.resource);
  if (event.outcome === 'success') return `${actorName} ${VERBS[event.action](target)}`;
  const code = event.code ? ` (${event.code})` : '';
  if (event.action === 'SIGN_IN') return `${actorName} was refused to sign in as ${target}${code}`;
  return `${actorName} ${VERBS[event.action](target)}, without success${code}`;
}

const VERBS: Record<AuditAction, (target: string) => string> = {
  CREATE_ASSIGNMENT: (target) => `created ${target}`,
  UPDATE_ASSIGNMENT: (target) => `edited ${target}`,
  ARCHIVE_ASSIGNMENT: (target) => `archived ${target}`,
  RESTORE_ASSIGNMENT: (target) => `restored ${target} as a draft`,
  DELETE_ASSIGNMENT: (target) => `deleted ${target}`,
  UPLOAD_BATCH: (target) => `uploaded ${target}`,
  START_BATCH: (target) => `started ${target}`,
  PAUSE_BATCH: (target) => `paused ${target}`,
  RESUME_BATCH: (target) => `resumed ${target}`,
  CANCEL_BATCH: (target) => `cancelled ${target}`,
  UNDO_BATCH: (target) => `undid ${target}`,
  FINISH_BATCH: (target) => `finished ${target}`,
  RETRY_FAILED_ITEMS: (target) => `asked to retry failed items in ${target}`,
  DISCARD_FAILED_ITEMS: (target) => `asked to discard failed items in ${target}`,
  SNOOZE_FAILED_ITEMS: (target) => `asked to snooze failed items in ${target}`,
  RESTORE_FAILED_ITEMS: (target) => `asked to restore failed items in ${target}`,
  ROLL_BACK: (target) => `asked for a rollback, ${target}`,
  RETRY_FAILED_ITEM: (target) => `retried ${target}`,
  EDIT_FAILED_ITEM: (target) => `edited ${target}`,
  DISCARD_FAILED_ITEM: (target) => `discarded ${target}`,
  SNOOZE_FAILED_ITEM: (target) => `snoozed ${target}`,
  RESTORE_FAILED_ITEM: (target) => `restored ${target}`,
  REPAIR: (target) => `repaired ${target}`,
  SIGN_IN: (target) => `signed in as ${target}`,
  SIGN_OUT: (target) => `signed out as ${target}`,
  EXPORT_AUDIT_LOG: (target) => `exported the audit trail as ${target}`,
  EXPORT_FAILED_ITEMS: (target) => `exported failed items as ${target}`,
  EXPORT_REJECTED_ROWS: (target) => `exported rejected rows as ${target}`,
  VIEW_PERSONAL_DATA: (target) => `looked at the personal data of ${target}`,
  SAVE_MAPPING: (target) => `saved the column mapping ${target}`,
  PLACE_LEGAL_HOLD: () => 'placed the legal hold',
  RELEASE_LEGAL_HOLD: () => 'released the legal hold',
  PLAN_SHARDS: (target) => `planned the lanes of the audit trail (${target})`,
  OVERRIDE_BREAKER: (target) => `overrode ${target}`,
  END_BREAKER_OVERRIDE: (target) => `ended the override of ${target}`,
  ACKNOWLEDGE_ALERT: (target) => `acknowledged ${target}`,
  SILENCE_ALERT: (target) => `silenced ${target}`,
  SWITCH_RESPONSE: (target) => `switched ${target}`,
  START_RESPONSE: (target) => `began ${target}`,
  END_RESPONSE: (target) => `ended ${target}`,
  START_CHECK: (target) => `started ${target}`,
};

/** What an event is about, as a part of a sentence. */
export function resourceText(resource: AuditResource): string {
  switch (resource.kind) {
    case 'assignment':
      return `the assignment ${resource.title} in ${resource.courseId}`;
    case 'batch':
      return `the batch ${resource.fileName || resource.batchId}`;
    case 'failed_item':
      return `the failed item ${resource.title || resource.id} in ${resource.courseId}`;
    case 'invariant':
      return `${resource.target} (${resource.invariant})`;
    case 'user':
      return resource.email;
    case 'export':
    case 'setting':
      return resource.name;
    case 'audit_event':
      return `the event ${resource.ref}`;
    case 'check':
      return `the check ${resource.runId}`;
  }
}

/** Where the product shows what an event is about; undefined where it has no page. */
export function resourcePath(resource: AuditResource): string | undefined {
  switch (resource.kind) {
    case 'assignment':
      return `/assignments/${encodeURIComponent(resource.assignmentId)}`;
    case 'batch':
      return `/batches/${encodeURIComponent(resource.batchId)}`;
    case 'failed_item':
      return `/failed-items/${encodeURIComponent(resource.id)}`;
    case 'check':
      return `/consistency?run=${encodeURIComponent(resource.runId)}`;
    default:
      return undefined;
  }
}

/** The filter for everything that happened to the same thing; undefined where its id is not known. */
export function resourceFilter(resource: AuditResource): string | undefined {
  switch (resource.kind) {
    case 'assignment':
      return `assignment:${resource.assignmentId}`;
    case 'batch':
      return `batch:${resource.batchId}`;
    case 'failed_item':
      return `failed_item:${resource.id}`;
    case 'invariant':
      return `invariant:${resource.invariant}#${resource.target}`;
    case 'user':
      return resource.userId === null ? undefined : `user:${resource.userId}`;
    case 'export':
    case 'setting':
      return `${resource.kind}:${resource.name}`;
    case 'audit_event':
      return `audit_event:${resource.ref}`;
    case 'check':
      return `check:${resource.runId}`;
  }
}
