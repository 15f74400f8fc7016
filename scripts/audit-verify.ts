import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyExport } from '@/lib/server/audit-log/seals/verify-export';
import { verifyTable } from '@/lib/server/audit-log/seals/verify-table';
import { newRequestId } from '@/lib/server/request-id';
import { type SealFinding, sealSchema } from '@/lib/shared/audit-seal';
import { instantSchema } from '@/lib/shared/instant';

// Checks the audit trail against its seals: `npm run audit:verify`, over the table or over an exported file.
const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    export: { type: 'string' },
    anchor: { type: 'string' },
  },
});

const shown = new Intl.NumberFormat('en');
const requestId = newRequestId();

const instantOf = (text: string | undefined) => (text === undefined ? undefined : instantSchema.parse(text));

async function overTable(): Promise<boolean> {
  const anchor = values.anchor
    ? sealSchema.parse(JSON.parse(readFileSync(values.anchor, 'utf8')))
    : undefined;
  const range = { from: instantOf(values.from), to: instantOf(values.to) };
  const { hours, events, newest, notSealed, findings, keys } = await verifyTable(
    { ...range, anchor },
    requestId,
  );
  if (keys === 0) console.log('There is no key to check with: set AUDIT_SIGNING_KEY, or AUDIT_PUBLIC_KEYS.');
  console.log(`${shown.format(hours)} hours sealed, ${shown.format(events)} events`);
  if (newest) console.log(`newest seal: hour ${newest.hour}, root ${newest.root}, key ${newest.keyId}`);
  console.log(`${shown.format(notSealed)} newer events are not sealed yet`);
  for (const finding of findings) printFinding(finding);
  return findings.length === 0 && hours > 0 && keys > 0;
}

function printFinding({ fault, message, items }: SealFinding): void {
  console.log(`\n${fault.toUpperCase()}  ${message}`);
  for (const item of items.slice(0, 20)) console.log(`  ${item}`);
  if (items.length > 20) console.log(`  and ${shown.format(items.length - 20)} more`);
}

const isVerified = values.export === undefined ? await overTable() : await overExport(values.export);
console.log(isVerified ? '\nverified' : '\nNOT verified');
process.exit(isVerified ? 0 : 1);

async function overExport(file: string): Promise<boolean> {
  const { manifest, problems } = await verifyExport(file);
  if (manifest) {
    console.log(`${shown.format(manifest.rows)} rows, exported ${manifest.exportedAt}`);
    console.log(`newest seal: ${manifest.newestSeal ? `hour ${manifest.newestSeal.hour}` : 'none'}`);
  }
  for (const problem of problems) console.log(problem);
  return problems.length === 0;
}
