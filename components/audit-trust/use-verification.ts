'use client';

import { useEffect, useRef, useState } from 'react';
import { type Verification, type VerifyRange, verifyTrail } from '@/lib/client/verify-trail';
import { AppError } from '@/lib/shared/app-error';

type State = { isRunning: boolean; isStopped: boolean; result: Verification | null; error: AppError | null };

const NOTHING: State = { isRunning: false, isStopped: false, result: null, error: null };

/** A verification of the trail in this browser, which can be stopped; leaving the page stops it. */
export function useVerification() {
  const [state, setState] = useState(NOTHING);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(range: VerifyRange) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const update = (changes: Partial<State>) => {
      if (running.current === controller) setState((before) => ({ ...before, ...changes }));
    };
    setState({ ...NOTHING, isRunning: true });
    try {
      for await (const result of verifyTrail(range, controller.signal)) {
        if (controller.signal.aborted) break;
        update({ result });
      }
    } catch (thrown) {
      if (!controller.signal.aborted) update({ error: asAppError(thrown) });
    }
    update({ isRunning: false, isStopped: controller.signal.aborted });
  }

  return { ...state, start, stop: () => running.current?.abort() };
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('SYSTEM_ERROR', 'This browser could not check the trail', { cause: thrown });
}
