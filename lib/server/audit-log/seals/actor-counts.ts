/** The partition that counts who did how much in a month ("2026-11"): one item per person, added to as hours are sealed. */
export const actorsLane = (month: string) => `ACTORS#${month}`;
