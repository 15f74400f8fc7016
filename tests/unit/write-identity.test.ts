import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, derivedAssignmentId, writeIdentity } from '@/lib/server/assignments/write-identity';
import { aNewAssignment } from '@/tests/support/new-assignment';

const author = { id: 'user_1', role: 'instructor', department: 'Physics' } as const;

describe('the identity of a write', () => {
  it('is the key of the person where they sent one, whatever request carries it', () => {
    const content = aNewAssignment();
    const first = writeIdentity(content, { author, requestId: 'req_1', idempotencyKey: 'key' });
    const second = writeIdentity(content, { author, requestId: 'req_2', idempotencyKey: 'key' });

    expect(second).toEqual(first);
  });

  it('is the request where no key was sent', () => {
    expect(writeIdentity(aNewAssignment(), { author, requestId: 'req_1' }).writeToken).toBe('req_1');
  });

  it('tells other content apart, field by field', () => {
    expect(contentHash(aNewAssignment({ title: 'A' }))).not.toBe(contentHash(aNewAssignment({ title: 'B' })));
    expect(contentHash(aNewAssignment({ points: 1 }))).not.toBe(contentHash(aNewAssignment({ points: 2 })));
  });

  it('does not depend on the order of the fields', () => {
    const content = aNewAssignment();
    const reversed = Object.fromEntries(Object.entries(content).reverse());

    expect(contentHash({ ...aNewAssignment(), ...reversed })).toBe(contentHash(content));
  });
});

describe('a derived id', () => {
  it('is a UUID, the same for the same token and try, and another for any other', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.nat(20), (token, attempt, other) => {
        const id = derivedAssignmentId(token, attempt);
        expect(id).toMatch(
          /^assignment_[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(derivedAssignmentId(token, other) === id).toBe(other === attempt);
      }),
    );
  });
});
