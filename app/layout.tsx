import '@/app/globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '@/app/providers';
import { NONCE_HEADER } from '@/lib/shared/page-headers';
import { THEME_COOKIE, themeOf } from '@/lib/shared/theme';

export const metadata: Metadata = {
  title: { template: '%s · Assignment Desk', default: 'Assignment Desk' },
  description: 'Create, find and change the assignments of your courses.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        {/* React Aria looks here for the nonce of the styles it adds; browsers hide it from the DOM. */}
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
