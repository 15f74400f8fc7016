import { sessionRecords } from '@/lib/server/auth/session-records';
import { userRecords } from '@/lib/server/auth/user-records';
import { AppError } from '@/lib/shared/app-error';

type Fields = Record<string, unknown>;

/** How one model of better-auth is stored. `find` takes conditions that must all be equal. */
export type RecordStore = {
  create: (record: Fields) => Promise<void>;
  find: (conditions: Fields) => Promise<Fields[]>;
  update: (record: Fields, changes: Fields) => Promise<void>;
  remove: (record: Fields) => Promise<void>;
};

const STORES: Record<string, RecordStore> = {
  user: userRecords,
  session: sessionRecords({ model: 'session', keyFields: ['token'] }),
  account: sessionRecords({ model: 'account', keyFields: ['providerId', 'accountId'] }),
};

/** The store of a model. Throws for models that no feature of ours uses yet. */
export function recordStore(model: string): RecordStore {
  const store = STORES[model];
  if (!store) throw new AppError('SYSTEM_ERROR', `The sign-in store does not keep the model ${model}`);
  return store;
}
