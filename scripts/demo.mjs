import { parseArgs } from 'node:util';
import { runLocalProduct } from './local-product.mjs';

const { values } = parseArgs({
  options: {
    'with-failures': { type: 'boolean', default: false },
    'with-load': { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const seconds = values['with-load'] === undefined ? undefined : Number(values['with-load']);
if (seconds !== undefined && !(seconds >= 10 && seconds <= 3600)) {
  throw new Error('Give --with-load 10 to 3600 seconds');
}
await runLocalProduct('start', ['--with-past', ...(values['with-failures'] ? ['--with-failures'] : [])], {
  load: seconds === undefined ? undefined : { seconds, isCheck: values.check },
});
