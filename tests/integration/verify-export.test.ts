import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ExportFormat,
  exportHead,
  exportLine,
  exportTail,
} from '@/lib/server/audit-log/export/export-format';
import { signingKey } from '@/lib/server/audit-log/seals/signing-key';
import { verifyExport } from '@/lib/server/audit-log/seals/verify-export';
import { env } from '@/lib/server/env';
import { type Seal, sealStatement } from '@/lib/shared/audit-seal';
import { anEventAt } from '@/tests/support/audit-events';
import { createRandom } from '@/tests/support/random';

const folder = mkdtempSync(join(tmpdir(), 'assignment-desk-export-'));
const ROWS = 20;
const NOTHING = { events: 0, failures: 0, items: 0, segments: 0, actions: {}, codes: {} };

const useNewKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  env.AUDIT_SIGNING_KEY = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
};

function aSeal(): Seal {
  const key = signingKey();
  const unsigned: Seal = {
    ...{ version: 1, hour: '2026-11-01T10', root: 'ab', leaves: 0, late: 0, previous: null },
    ...{ counts: NOTHING, lateCounts: NOTHING, sealedAt: '2026-11-01T11:15:00.000Z' },
    ...{ keyId: key?.keyId ?? '', signature: '' },
  };
  return { ...unsigned, signature: key?.sign(sealStatement(unsigned)) ?? '' };
}

function anExport(format: ExportFormat): string {
  const random = createRandom(3);
  const lines = Array.from({ length: ROWS }, (_, at) => {
    const event = anEventAt(`2026-11-01T09:00:${10 + at}.000Z`, random);
    return exportLine({ ref: `ref-${at}`, event }, format, {});
  });
  const body = exportHead(format) + lines.join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const exportedAt = '2026-11-01T12:00:00.000Z';
  return body + exportTail({ filter: {}, format, rows: ROWS, sha256, exportedAt, newestSeal: aSeal() });
}

async function problemsOf(text: string): Promise<string> {
  const file = join(folder, 'export');
  writeFileSync(file, text);
  return (await verifyExport(file)).problems.join('; ');
}

beforeAll(useNewKey);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['csv', 'ndjson'] as const)('an exported %s file', (format) => {
  it('is what was exported', async () => {
    expect(await problemsOf(anExport(format))).toBe('');
  });

  it('is not where one letter of an event is another one', async () => {
    expect(await problemsOf(anExport(format).replace('ref-7', 'ref-x'))).toMatch(/^Its bytes are not [^;]*$/);
  });

  it('is not where an event was cut out', async () => {
    const lines = anExport(format).split('\n');
    lines.splice(5, 1);

    expect(await problemsOf(lines.join('\n'))).toMatch(/Its bytes are not.*It has 19 rows; 20 were exported/);
  });

  it('is not where its end is missing', async () => {
    const text = anExport(format);

    expect(await problemsOf(text.slice(0, -40))).toContain('It has no manifest');
    expect(await problemsOf(text.slice(0, text.lastIndexOf('\n', text.length - 2)))).toContain('no manifest');
  });

  it('is not where a stranger signed the seal that it names', async () => {
    const text = anExport(format);
    useNewKey();

    expect(await problemsOf(text)).toContain('The seal of hour 2026-11-01T10 in its manifest is not signed');
  });
});
