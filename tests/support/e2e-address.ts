/** Where the browser tests find the product and the fault proxy. */
const PORT = Number(process.env.E2E_PORT ?? 3210);

export const E2E_PORT = PORT;
export const E2E_URL = `http://127.0.0.1:${PORT}`;
export const FAULT_PROXY_PORT = PORT + 1;
export const FAULT_PROXY_URL = `http://127.0.0.1:${FAULT_PROXY_PORT}`;

/** Signs the sessions of the product under test, and of whatever prepares its data. */
export const E2E_AUTH_SECRET = 'a-secret-for-browser-tests-0123456789abc';
