import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, type AuditAction, type AuditResource, BATCH_ACTIONS } from '@/lib/shared/audit-event';
import { auditSentence, resourceFilter, resourcePath, type ToldEvent } from '@/lib/shared/audit-sentence';

const ESSAY: AuditResource = {
  kind: 'assignment',
  assignmentId: 'asg_1',
  courseId: 'AAA-2013J',
  title: 'Essay 1',
  type: 'homework',
};
const USER: AuditResource = { kind: 'user', userId: null, email: 'a•••@example.edu' };

const SUBJECTS = {
  assignment: ESSAY,
  batch: { kind: 'batch', batchId: 'batch_1', fileName: 'a.csv' },
  item: { kind: 'failed_item', id: 'row_1', courseId: 'AAA-2013J', title: 'Quiz', assignmentId: null },
  other: { kind: 'setting', name: 'it' },
} as const satisfies Record<string, AuditResource>;

function kindOf(action: AuditAction): keyof typeof SUBJECTS {
  if (action.endsWith('_ASSIGNMENT')) return 'assignment';
  if (action.endsWith('_FAILED_ITEM')) return 'item';
  return BATCH_ACTIONS.some((batch) => batch === action) ? 'batch' : 'other';
}

const SENTENCES: Record<AuditAction, string> = {
  CREATE_ASSIGNMENT: 'created the assignment Essay 1 in AAA-2013J',
  UPDATE_ASSIGNMENT: 'edited the assignment Essay 1 in AAA-2013J',
  ARCHIVE_ASSIGNMENT: 'archived the assignment Essay 1 in AAA-2013J',
  RESTORE_ASSIGNMENT: 'restored the assignment Essay 1 in AAA-2013J as a draft',
  DELETE_ASSIGNMENT: 'deleted the assignment Essay 1 in AAA-2013J',
  UPLOAD_BATCH: 'uploaded the batch a.csv',
  START_BATCH: 'started the batch a.csv',
  PAUSE_BATCH: 'paused the batch a.csv',
  RESUME_BATCH: 'resumed the batch a.csv',
  CANCEL_BATCH: 'cancelled the batch a.csv',
  UNDO_BATCH: 'undid the batch a.csv',
  FINISH_BATCH: 'finished the batch a.csv',
  RETRY_FAILED_ITEMS: 'asked to retry failed items in the batch a.csv',
  DISCARD_FAILED_ITEMS: 'asked to discard failed items in the batch a.csv',
  SNOOZE_FAILED_ITEMS: 'asked to snooze failed items in the batch a.csv',
  RESTORE_FAILED_ITEMS: 'asked to restore failed items in the batch a.csv',
  ROLL_BACK: 'asked for a rollback, the batch a.csv',
  RETRY_FAILED_ITEM: 'retried the failed item Quiz in AAA-2013J',
  EDIT_FAILED_ITEM: 'edited the failed item Quiz in AAA-2013J',
  DISCARD_FAILED_ITEM: 'discarded the failed item Quiz in AAA-2013J',
  SNOOZE_FAILED_ITEM: 'snoozed the failed item Quiz in AAA-2013J',
  RESTORE_FAILED_ITEM: 'restored the failed item Quiz in AAA-2013J',
  REPAIR: 'repaired it',
  SIGN_IN: 'signed in as it',
  SIGN_OUT: 'signed out as it',
  EXPORT_AUDIT_LOG: 'exported the audit trail as it',
  EXPORT_FAILED_ITEMS: 'exported failed items as it',
  EXPORT_REJECTED_ROWS: 'exported rejected rows as it',
  VIEW_PERSONAL_DATA: 'looked at the personal data of it',
  SAVE_MAPPING: 'saved the column mapping it',
  PLACE_LEGAL_HOLD: 'placed the legal hold',
  RELEASE_LEGAL_HOLD: 'released the legal hold',
  PLAN_SHARDS: 'planned the lanes of the audit trail (it)',
  OVERRIDE_BREAKER: 'overrode it',
  END_BREAKER_OVERRIDE: 'ended the override of it',
  ACKNOWLEDGE_ALERT: 'acknowledged it',
  SILENCE_ALERT: 'silenced it',
  SWITCH_RESPONSE: 'switched it',
  START_RESPONSE: 'began it',
  END_RESPONSE: 'ended it',
  START_CHECK: 'started it',
};

const told = (over: Partial<ToldEvent>): ToldEvent => ({
  action: 'CREATE_ASSIGNMENT',
  outcome: 'success',
  resource: ESSAY,
  code: null,
  ...over,
});

describe('auditSentence', () => {
  it('tells who did what to what', () => {
    expect(auditSentence(told({}), 'Ines Structor')).toBe(
      'Ines Structor created the assignment Essay 1 in AAA-2013J',
    );
  });

  it.each(AUDIT_ACTIONS)('tells %s in words of its own', (action) => {
    expect(auditSentence(told({ action, resource: SUBJECTS[kindOf(action)] }), 'Ines')).toBe(
      `Ines ${SENTENCES[action]}`,
    );
  });

  it('says that a sign-in was refused, and why', () => {
    const refused = told({ action: 'SIGN_IN', outcome: 'failure', resource: USER, code: 'UNAUTHENTICATED' });

    expect(auditSentence(refused, 'Somebody')).toBe(
      'Somebody was refused to sign in as a•••@example.edu (UNAUTHENTICATED)',
    );
  });

  it('says of everything else that it failed', () => {
    const failed = told({ action: 'RETRY_FAILED_ITEM', outcome: 'failure', code: 'THROTTLING' });

    expect(auditSentence(failed, 'Otto')).toMatch(/^Otto retried .*, without success \(THROTTLING\)$/);
  });
});

describe('the object of an event', () => {
  it('has a page and a history where the product knows it', () => {
    expect(resourcePath(ESSAY)).toBe('/assignments/asg_1');
    expect(resourceFilter(ESSAY)).toBe('assignment:asg_1');
  });

  it('has neither where only an email is known', () => {
    expect(resourcePath(USER)).toBeUndefined();
    expect(resourceFilter(USER)).toBeUndefined();
  });
});
