import type { Measured } from '@/lib/server/batches/file/meter-bytes';
import { cutUpload } from '@/lib/server/upload-body';
import { AppError } from '@/lib/shared/app-error';

/**
 * Compares what came with what was announced.
 * @throws {AppError} VALIDATION_ERROR where bytes are missing or differ
 */
export function checkMeasures({ sizeBytes, sha256 }: Measured, headers: Headers, announced?: string): void {
  const announcedBytes = headers.get('content-length');
  if (announcedBytes !== null && Number(announcedBytes) !== sizeBytes) {
    throw cutUpload(new Error(`${announcedBytes} bytes were announced and ${sizeBytes} came`));
  }
  if (announced === undefined || announced === sha256) return;
  const message = 'The file changed on its way: its SHA-256 is not the announced one. Upload it again';
  throw new AppError('VALIDATION_ERROR', message, { fields: [{ field: 'file', message }] });
}
