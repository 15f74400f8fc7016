import type { Metadata } from 'next';
import { AuditLog } from '@/components/audit-log/audit-log';
import { AuditTrust } from '@/components/audit-trust/audit-trust';

export const metadata: Metadata = { title: 'Audit trail' };

export default function AuditLogPage() {
  return (
    <AuditLog>
      <AuditTrust />
    </AuditLog>
  );
}
