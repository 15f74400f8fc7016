import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import { recordStore } from '@/lib/server/auth/record-store';
import { AppError } from '@/lib/shared/app-error';

type Fields = Record<string, unknown>;

type Search = {
  model: string;
  where?: CleanedWhere[] | undefined;
  limit: number;
  offset?: number | undefined;
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined;
};

/**
 * Stores better-auth's users, sessions and accounts in our tables. Each lookup is one key or one index; what cannot be
 * found that way is refused instead of scanned for.
 */
export const dynamodbAdapter = createAdapterFactory({
  config: {
    adapterId: 'assignment-desk-dynamodb',
    adapterName: 'Assignment Desk on DynamoDB',
    supportsDates: false,
    supportsBooleans: true,
    supportsJSON: true,
    supportsArrays: true,
    supportsNumericIds: false,
    transaction: false,
  },
  adapter: () => ({
    create: async ({ model, data }) => {
      await recordStore(model).create(data);
      return data;
    },
    findOne: async <Row>({ model, where }: { model: string; where: CleanedWhere[] }) => {
      const [record] = await find(model, where);
      return (record ?? null) as Row | null;
    },
    findMany: async <Row>({ model, where = [], limit, offset, sortBy }: Search) => {
      if (offset || sortBy) throw unsupported(`sort or skip ${model} records`);
      return (await find(model, where)).slice(0, limit) as Row[];
    },
    count: async ({ model, where = [] }) => (await find(model, where)).length,
    update: async <Row>({ model, where, update }: { model: string; where: CleanedWhere[]; update: Row }) => {
      const [record] = await find(model, where);
      if (!record) return null;
      await recordStore(model).update(record, update as Fields);
      return { ...record, ...update } as Row;
    },
    updateMany: async ({ model, where, update }) => {
      const records = await find(model, where);
      for (const record of records) await recordStore(model).update(record, update);
      return records.length;
    },
    delete: async ({ model, where }) => {
      const [record] = await find(model, where);
      if (record) await recordStore(model).remove(record);
    },
    deleteMany: async ({ model, where }) => {
      const records = await find(model, where);
      for (const record of records) await recordStore(model).remove(record);
      return records.length;
    },
  }),
});

/** The rows of better-auth are untyped here: its factory converts them from and to its own types around us. */
function find(model: string, where: CleanedWhere[]): Promise<Fields[]> {
  const conditions: Fields = {};
  for (const { field, operator, connector, value } of where) {
    if (operator !== 'eq' || connector !== 'AND') {
      throw unsupported(`look up ${model} by ${connector} ${field} ${operator}`);
    }
    conditions[field] = value;
  }
  return recordStore(model).find(conditions);
}

function unsupported(what: string): AppError {
  return new AppError('SYSTEM_ERROR', `The sign-in store cannot ${what}`);
}
