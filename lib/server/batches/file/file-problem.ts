import { AppError } from '@/lib/shared/app-error';

/** The file cannot be read as what it says it is; `message` says why and what to do. */
export function unreadableFile(message: string, cause?: unknown): AppError {
  return new AppError('VALIDATION_ERROR', message, { cause, fields: [{ field: 'file', message }] });
}

type Exceeded = {
  /** Name of the limit in `UPLOAD_LIMITS`. */
  limit: string;
  most: number;
  unit: string;
  /** What was measured, as a sentence part: "Row 17 has 40,000". */
  measured: string;
};

/** The file exceeds a limit, which the answer names beside what was measured. */
export function exceededLimit({ limit, most, unit, measured }: Exceeded, cause?: unknown): AppError {
  const message = `${measured}, the limit (${limit}) is ${shownNumber(most)} ${unit}`;
  return new AppError('PAYLOAD_TOO_LARGE', message, { cause, fields: [{ field: 'file', message }] });
}

/** A number as messages show it. */
export function shownNumber(number: number): string {
  return number.toLocaleString('en');
}
