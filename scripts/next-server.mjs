// How the product is started everywhere: `npm start`, the demo, the tests and the benchmarks.
import { createRequire } from 'node:module';

const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next');

/**
 * V8 lets garbage lie as long as the heap may grow, so receiving a large file would take twice the memory it needs. What
 * the product keeps is bounded: a file at a time, and three chunks each of four batches.
 */
const HEAP_MB = 384;

/**
 * The arguments for Node that serve the product. A limit in NODE_OPTIONS goes before ours.
 * @param {'start' | 'dev'} mode of Next.js
 * @param {{ host?: string, port: number | string }} address
 * @returns {string[]}
 */
export function nextServerArgs(mode, { host = '127.0.0.1', port }) {
  const isLimited = mode === 'dev' || process.env.NODE_OPTIONS?.includes('max-old-space-size');
  return [
    ...(isLimited ? [] : [`--max-old-space-size=${HEAP_MB}`]),
    NEXT,
    mode,
    '-H',
    host,
    '-p',
    String(port),
  ];
}

/** The arguments for Node that build the product. */
export const nextBuildArgs = [NEXT, 'build'];
