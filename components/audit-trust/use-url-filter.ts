'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type AuditFilter, auditFilterSchema } from '@/lib/shared/audit-log';

/** The filter of the page as it stands in the URL; what cannot be asked for is left out. */
export function useUrlFilter(): AuditFilter {
  const params = useSearchParams();
  return useMemo(() => {
    const given = Object.keys(auditFilterSchema.shape).flatMap((name) => {
      const value = params.get(name);
      const isValid = auditFilterSchema.safeParse({ [name]: value }).success;
      return isValid ? [[name, value]] : [];
    });
    return auditFilterSchema.parse(Object.fromEntries(given));
  }, [params]);
}
