import { focusManager } from '@tanstack/react-query';
import { afterEach, describe, expect, it } from 'vitest';
import { failedItemsPollMs } from '@/lib/client/failed-items';

afterEach(() => focusManager.setFocused(undefined));

describe('how often failed items are read again', () => {
  it('is more often while some of them are being retried', () => {
    focusManager.setFocused(true);

    expect(failedItemsPollMs(1)).toBeLessThan(failedItemsPollMs(0));
  });

  it('is seldom while nobody looks, whatever happens', () => {
    focusManager.setFocused(false);

    expect(failedItemsPollMs(1)).toBe(30_000);
  });
});
