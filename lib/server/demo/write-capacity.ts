import { createHash } from 'node:crypto';

/** Units of the whole table, shared by its partitions. `isClosed` refuses every write, `savedUnits` sets what is saved up. */
export type CapacityChange = {
  unitsPerSecond?: number | undefined;
  isClosed?: boolean | undefined;
  savedUnits?: number | undefined;
};

export type CapacityOptions = {
  unitsPerSecond: number;
  /** What is saved up when it begins. */
  burstUnits?: number;
  partitions?: number;
  /** How many seconds of unused capacity are kept. */
  burstSeconds?: number;
};

/** DynamoDB keeps up to five minutes of unused capacity. */
const BURST_SECONDS = 300;

/** A write on its way: the value of its partition key, and what it costs. */
export type Demand = { key: string; units: number };

/**
 * The write capacity of a table as DynamoDB enforces it: a token bucket for each partition, which fills with its share of
 * the rate and keeps what is not used.
 * Source: "Burst and adaptive capacity" in the Amazon DynamoDB Developer Guide; without the adaptive part.
 */
export function createWriteCapacity(options: CapacityOptions, now: () => number = () => performance.now()) {
  const { partitions = 1, burstUnits = 0, burstSeconds = BURST_SECONDS } = options;
  let rate = options.unitsPerSecond;
  let isClosed = false;
  let filledAt = now();
  const tokens = Array.from({ length: partitions }, () => burstUnits / partitions);

  function fill(): void {
    const share = rate / partitions;
    const gained = (share * (now() - filledAt)) / 1000;
    filledAt = now();
    for (const [partition, saved] of tokens.entries()) {
      tokens[partition] = Math.min(saved + gained, Math.max(saved, share * burstSeconds));
    }
  }

  return {
    /** Takes what all of these writes cost, or nothing. */
    take(demands: Demand[]): boolean {
      fill();
      if (isClosed) return false;
      const left = [...tokens];
      for (const { key, units } of demands) {
        const partition = partitionOf(key, partitions);
        left[partition] = (left[partition] ?? 0) - units;
      }
      if (left.some((units) => units < 0)) return false;
      for (const [partition, units] of left.entries()) tokens[partition] = units;
      return true;
    },
    /** From now on; what was saved up stays, as far as it may be kept. */
    change({ unitsPerSecond = rate, isClosed: closes = isClosed, savedUnits }: CapacityChange): void {
      fill();
      if (savedUnits !== undefined) tokens.fill(savedUnits / partitions);
      if (unitsPerSecond < rate) {
        const most = (unitsPerSecond * burstSeconds) / partitions;
        for (const [partition, saved] of tokens.entries()) tokens[partition] = Math.min(saved, most);
      }
      rate = unitsPerSecond;
      isClosed = closes;
    },
    unitsPerSecond: () => (isClosed ? 0 : rate),
  };
}

export type WriteCapacity = ReturnType<typeof createWriteCapacity>;

/** Which partition a key lies in: keys are spread by a hash, as DynamoDB does. */
export function partitionOf(key: string, partitions: number): number {
  return partitions === 1 ? 0 : createHash('md5').update(key).digest().readUInt32BE(0) % partitions;
}
