'use client';

import { useEffect, useState } from 'react';

/** The value once it has kept still for `waitMs`, so that typing does not send a request per letter. */
export function useDebounced<Value>(value: Value, waitMs = 200): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled;
}
