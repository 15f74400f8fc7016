'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type Upload, type UploadProgress, uploadBatch } from '@/lib/client/batch-upload';
import { AppError } from '@/lib/shared/app-error';

/** Sends a file, tells how far it is, and goes to its batch. Leaving the page stops it. */
export function useUpload() {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const running = useRef<AbortController | null>(null);

  const upload = useMutation({
    mutationFn: (file: Upload) => {
      const controller = new AbortController();
      running.current = controller;
      return uploadBatch(file, { onProgress: setProgress, signal: controller.signal });
    },
    onSuccess: ({ batchId }) => {
      void queryClient.invalidateQueries({ queryKey: ['batches', 'list'] });
      router.push(`/batches/${encodeURIComponent(batchId)}`);
    },
  });

  const stop = () => running.current?.abort(new AppError('SYSTEM_ERROR', 'The upload was cancelled.'));
  useEffect(() => () => running.current?.abort(), []);

  return {
    send: upload.mutate,
    cancel: () => {
      stop();
      upload.reset();
    },
    // Until the next page is there, the upload still counts as running.
    isPending: upload.isPending || upload.isSuccess,
    progress,
    error: upload.error,
  };
}
