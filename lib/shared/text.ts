import * as z from 'zod';

/**
 * Characters that no text of ours may hold: C0 and C1 controls (tab and line breaks are judged apart) and
 * the bidirectional embeddings and overrides of Unicode TR9, which make text read differently than it is stored.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the pattern is to find them.
const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/u;
const LINE_BREAK_OR_TAB = /[\t\n\r\u2028\u2029]/u;

type TextRules = { name: string; min?: number; max: number; multiline?: boolean };

/**
 * A schema for text that people type: trimmed, in Unicode normal form C, well-formed, free of invisible
 * control characters, `min` to `max` UTF-16 units long, on one line unless `multiline`.
 */
export function plainText({ name, min = 0, max, multiline = false }: TextRules) {
  const missing = `Enter a ${name}`;
  return z
    .string({ error: (issue) => (issue.input === undefined ? missing : `Give the ${name} as text`) })
    .refine((text) => text.isWellFormed(), {
      error: 'Remove the broken character: half of a surrogate pair is not text',
    })
    .refine((text) => !INVISIBLE.test(text), {
      error: 'Remove the invisible control characters (NUL, byte order mark, text direction overrides)',
    })
    .refine((text) => multiline || !LINE_BREAK_OR_TAB.test(text.trim()), {
      error: `Write the ${name} on one line, without tabs`,
    })
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(min, missing)
        .max(max, `Shorten the ${name} to at most ${max.toLocaleString('en')} characters`),
    );
}
