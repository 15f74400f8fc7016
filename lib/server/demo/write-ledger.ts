/** What a table took and refused; loss is judged by it. */
export type LedgerSummary = {
  calls: number;
  refusedCalls: number;
  acceptedWrites: number;
  acceptedUnits: number;
  refusedUnits: number;
  /** When the first call came and the last write was accepted, in milliseconds of the proxy's clock. */
  firstCallAt: number | null;
  lastAcceptedAt: number | null;
};

/** Units accepted and refused within a tenth of a second. */
export type LedgerSlice = { at: number; accepted: number; refused: number };

const SLICE_MS = 100;

/** Counts every write that reaches a table, by the key of its item. Kept in memory. */
export function createWriteLedger(now: () => number = () => performance.now()) {
  const accepted = new Map<string, number>();
  const slices = new Map<number, LedgerSlice>();
  let summary = newSummary();

  function slice(): LedgerSlice {
    const at = Math.floor(now() / SLICE_MS) * SLICE_MS;
    const found = slices.get(at) ?? { at, accepted: 0, refused: 0 };
    slices.set(at, found);
    return found;
  }

  return {
    call(isRefused: boolean): void {
      summary.calls += 1;
      summary.refusedCalls += isRefused ? 1 : 0;
      summary.firstCallAt ??= now();
    },
    accept(key: string, units: number): void {
      accepted.set(key, (accepted.get(key) ?? 0) + 1);
      summary.acceptedWrites += 1;
      summary.acceptedUnits += units;
      summary.lastAcceptedAt = now();
      slice().accepted += units;
    },
    refuse(units: number): void {
      summary.refusedUnits += units;
      slice().refused += units;
    },
    clear(): void {
      accepted.clear();
      slices.clear();
      summary = newSummary();
    },
    summary: (): LedgerSummary => ({ ...summary }),
    /** How often each key was written. */
    accepted: (): ReadonlyMap<string, number> => accepted,
    slices: (): LedgerSlice[] => [...slices.values()],
  };
}

export type WriteLedger = ReturnType<typeof createWriteLedger>;

const newSummary = (): LedgerSummary => ({
  calls: 0,
  refusedCalls: 0,
  acceptedWrites: 0,
  acceptedUnits: 0,
  refusedUnits: 0,
  firstCallAt: null,
  lastAcceptedAt: null,
});
