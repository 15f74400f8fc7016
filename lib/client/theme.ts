import { THEME_COOKIE, type Theme } from '@/lib/shared/theme';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Shows the page in this theme at once and keeps it for later visits. */
export function switchTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without HTTPS and in older browsers.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
