import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskSecrets } from '@/lib/server/audit-log/mask-secrets';

const SECRET_WORDS = ['password', 'secret', 'token', 'key', 'passphrase', 'credential'];

const secretField = fc
  .tuple(
    fc.constantFrom('', 'api', 'signing_', 'webhook', 'AUDIT_'),
    fc.constantFrom(...SECRET_WORDS),
    fc.constantFrom('', 's', 'Hash', '_2'),
    fc.boolean(),
  )
  .map(([before, word, after, isLoud]) => `${before}${isLoud ? word.toUpperCase() : word}${after}`);

/** Long enough that it cannot be in what replaces it. */
const secretValue = fc.string({ unit: fc.constantFrom(...'xyzXYZ019'), minLength: 4, maxLength: 40 });

describe('secrets among the values of a change', () => {
  it('leave nothing of themselves in an event, however their field is spelled', () => {
    fc.assert(
      fc.property(secretField, secretValue, secretValue, (field, before, after) => {
        const text = JSON.stringify(Object.values(maskSecrets({ [field]: { before, after } })));

        expect(text).not.toContain(before);
        expect(text).not.toContain(after);
      }),
    );
  });

  it('are told from other fields, which keep their values', () => {
    const changes = {
      name: { after: 'monkeys' },
      isOn: { before: false, after: true },
      passedAt: { after: 'noon' },
    };

    expect(maskSecrets(changes)).toEqual(changes);
  });

  it('show that there was or is none', () => {
    expect(maskSecrets({ token: { before: null, after: 'abcd' } })).toEqual({
      token: { before: null, after: '•••' },
    });
  });
});
