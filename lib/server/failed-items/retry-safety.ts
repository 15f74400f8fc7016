type Writes = { failed: { code: string; class: string }[]; succeeded: number };

/** Notes what writes came to just now. Never throws. */
export async function noteWrites(_writes: Writes): Promise<void> {}
