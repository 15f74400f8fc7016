/** Request headers by which the proxy tells a page what it cannot find out itself. */
export const PAGE_PATH_HEADER = 'x-page-path';
export const NONCE_HEADER = 'x-nonce';
