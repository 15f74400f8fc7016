import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import * as z from 'zod';

/** Half a gigabyte over a slow line takes its time. Headers keep Node's own short limit, silence has one of ours. */
const LONGEST_REQUEST_MS = 2 * 60 * 60 * 1000;

const startSchema = z.object({ server: z.instanceof(Server) });

/**
 * Lets a request take as long as a large upload needs: Node ends one after five minutes, and Next.js hands its server to
 * nobody, but Node tells of each request with the server it came to.
 * Source: "Built-in Channels" of diagnostics_channel and `server.requestTimeout`, Node.js documentation.
 */
export function allowLongUploads(): void {
  subscribe('http.server.request.start', (message) => {
    const start = startSchema.safeParse(message);
    if (start.success) start.data.server.requestTimeout = LONGEST_REQUEST_MS;
  });
}
