import { isIPv4 } from 'node:net';
import { env } from '@/lib/server/env';

/** Refuses to go on unless DynamoDB is an engine on this machine: demo data and demo passwords belong nowhere else. */
export function requireLocalEngine(endpoint = env.DYNAMODB_ENDPOINT): void {
  if (endpoint !== undefined && isLoopback(new URL(endpoint).hostname)) return;
  throw new Error(
    `Demo data is only loaded into an engine on this machine, not into ${endpoint ?? 'AWS'}. ` +
      'Run "npm run demo", or set DYNAMODB_ENDPOINT to a loopback address such as http://127.0.0.1:8000.',
  );
}

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}
