'use client';

import { Download, Scale, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { ExportDialog } from '@/components/audit-trust/export-dialog';
import { GapsBanner } from '@/components/audit-trust/gaps-banner';
import { HoldBanner } from '@/components/audit-trust/hold-banner';
import { HoldDialog } from '@/components/audit-trust/hold-dialog';
import { TrustLine } from '@/components/audit-trust/trust-line';
import { VerifyPanel } from '@/components/audit-trust/verify-panel';
import { Button } from '@/components/ui/button';
import { useMay } from '@/lib/client/session-context';

/** Why the trail can be trusted, and how to take it along: gaps, legal hold, verification and export. */
export function AuditTrust() {
  const [isVerifying, setIsVerifying] = useState(false);
  const [dialog, setDialog] = useState<'export' | 'hold' | null>(null);
  const mayExport = useMay('audit:export');
  const close = () => setDialog(null);
  return (
    <div className="flex flex-col gap-3">
      <GapsBanner />
      <HoldBanner />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <TrustLine />
        <div className="flex flex-wrap gap-2">
          <Button aria-expanded={isVerifying} onClick={() => setIsVerifying(!isVerifying)}>
            <ShieldCheck aria-hidden className="size-4" />
            Verify
          </Button>
          {mayExport && (
            <Button onClick={() => setDialog('export')}>
              <Download aria-hidden className="size-4" />
              Export
            </Button>
          )}
          <Button onClick={() => setDialog('hold')}>
            <Scale aria-hidden className="size-4" />
            Legal hold
          </Button>
        </div>
      </div>
      {isVerifying && <VerifyPanel />}
      {dialog === 'export' && <ExportDialog onClose={close} />}
      {dialog === 'hold' && <HoldDialog onClose={close} />}
    </div>
  );
}
