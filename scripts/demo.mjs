import { runLocalProduct } from './local-product.mjs';

const options = process.argv.slice(2);
const at = options.indexOf('--with-load');
if (at < 0) await runLocalProduct('start', options);
else {
  const seconds = Number(options[at + 1] ?? 60);
  if (!(seconds >= 10 && seconds <= 3600)) throw new Error('Give --with-load 10 to 3600 seconds');
  const load = { seconds, isCheck: options.includes('--check') };
  await runLocalProduct('start', options.slice(0, at), load);
}
