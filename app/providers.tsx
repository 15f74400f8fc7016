'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { createQueryClient } from '@/lib/client/query-client';

/** What every page of the browser shares: the data cache, the state in the URL, and widgets that know the router. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const router = useRouter();
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <I18nProvider locale="en">
          <RouterProvider navigate={router.push}>{children}</RouterProvider>
        </I18nProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
