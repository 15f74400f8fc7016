import { runLocalProduct } from './local-product.mjs';

await runLocalProduct('start', process.argv.slice(2));
