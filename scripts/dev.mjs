import { runLocalProduct } from './local-product.mjs';

await runLocalProduct('dev');
