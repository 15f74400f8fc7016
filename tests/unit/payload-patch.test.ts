import { describe, expect, it } from 'vitest';
import { CONTENT_FIELDS } from '@/lib/shared/assignment';
import { payloadPatchSchema } from '@/lib/shared/failed-item';

describe('a patch of failed items', () => {
  it('sets what it names and leaves every other field as it is', () => {
    expect(payloadPatchSchema.parse({ title: 'Essay' })).toEqual({ title: 'Essay' });
    expect(payloadPatchSchema.parse({ courseId: 'AAA-2013J' })).toEqual({ courseId: 'AAA-2013J' });
  });

  it('can set every field that a person fills in', () => {
    expect(Object.keys(payloadPatchSchema.shape).sort()).toEqual([...CONTENT_FIELDS].sort());
  });

  it('is refused where it is empty or names a field that does not exist', () => {
    expect(payloadPatchSchema.safeParse({}).success).toBe(false);
    expect(payloadPatchSchema.safeParse({ version: 3, title: 'Essay' }).success).toBe(false);
  });
});
