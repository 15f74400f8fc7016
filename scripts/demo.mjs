import { runLocalProduct } from './local-product.mjs';

await runLocalProduct('start', ['--with-past', ...process.argv.slice(2)]);
