import * as z from 'zod';

export const THEMES = ['light', 'dark', 'system'] as const;

export type Theme = (typeof THEMES)[number];

/** The cookie in which a browser keeps its theme, so that the server renders it from the first byte. */
export const THEME_COOKIE = 'theme';

const themeSchema = z.enum(THEMES).catch('system');

/** The theme of a cookie value; the system's own where there is none or it is unknown. */
export function themeOf(cookie: string | undefined): Theme {
  return themeSchema.parse(cookie);
}
