import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, refusalOf } from '@/tests/support/batch-files';

const JSON_TYPE = { contentType: 'application/json; charset=utf-8' };
const NDJSON_TYPE = { contentType: 'application/x-ndjson' };

describe('a JSON array', () => {
  it('gives its objects as rows of text, numbered from 1, with columns as they appear', async () => {
    const file = await contentOf('[{"a": 1.5, "b": true}, {"b": null, "c": "x"}]', JSON_TYPE);

    expect(file).toMatchObject({ format: 'json', delimiter: null, columns: ['a', 'b', 'c'] });
    expect(file.rows).toEqual([
      { rowNumber: 1, cells: ['1.5', 'true'] },
      { rowNumber: 2, cells: ['', '', 'x'] },
    ]);
  });

  it('is recognised without a media type', async () => {
    expect((await contentOf('  [{"a": 1}]')).format).toBe('json');
    expect((await contentOf('{"a": 1}\n')).format).toBe('ndjson');
  });

  it('may hold brackets, commas and escaped quotes in texts', async () => {
    const text = 'a ] } , [ { " \\ b';
    const file = await contentOf(JSON.stringify([{ text }, { text }]), JSON_TYPE);
    expect(file.rows.map(({ cells }) => cells)).toEqual([[text], [text]]);
  });

  it('may call a field __proto__', async () => {
    const file = await contentOf('[{"__proto__": "x", "constructor": "y"}]', JSON_TYPE);
    expect(file.columns).toEqual(['__proto__', 'constructor']);
    expect(file.rows[0]?.cells).toEqual(['x', 'y']);
  });

  it.each([
    ['a nested value', '{"a": {"b": 1}}', /"a" is nested/],
    ['a list', '{"a": [1]}', /"a" is nested/],
    ['a number beyond exactness', '{"a": 12345678901234567890}', /too large to be exact/],
    ['no object', '"text"', /no object/],
  ])('rejects just the row with %s', async (_, element, problem) => {
    const { rows } = await contentOf(`[{"a": 1}, ${element}, {"a": 3}]`, JSON_TYPE);
    expect(rows.map((row) => row.problem)).toEqual([undefined, expect.stringMatching(problem), undefined]);
  });

  it.each([
    ['an object', '{"a": 1}'],
    ['closed by the wrong bracket', '[{"a": 1}}'],
    ['followed by something', '[{"a": 1}] x'],
    ['followed by another array', '[{"a": 1}] [{"a": 1}]'],
    ['cut', '[{"a": 1}, {"a": 2}'],
    ['cut inside a text', '[{"a": "1'],
    ['with a comma too many', '[{"a": 1},]'],
    ['with a broken element', '[{"a": 1}, {"a" 2}]'],
    ['empty', '[]'],
    ['blank', '   '],
    ['no JSON', 'title,type\n'],
  ])('that is %s is a VALIDATION_ERROR', async (_, file) => {
    expect(await refusalOf(file, JSON_TYPE)).toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it('with a row of 10 MB is PAYLOAD_TOO_LARGE', async () => {
    const file = `[{"a": 1}, {"a": "${'x'.repeat(10 * 1024 * 1024)}"}]`;
    expect(await refusalOf(file, JSON_TYPE)).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/^Row 2 .*rowLength/),
    });
  });

  it('with more than 200 fields over all rows is PAYLOAD_TOO_LARGE', async () => {
    const objects = Array.from({ length: 201 }, (_, position) => ({ [`field${position}`]: 1 }));
    expect(await refusalOf(JSON.stringify(objects), JSON_TYPE)).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/^Row 201 .*columns/),
    });
  });

  it('reads back the same however the bytes are cut', async () => {
    const object = fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.string({ maxLength: 8 }), {
      minKeys: 1,
      maxKeys: 4,
    });
    const isWritable = (objects: Record<string, string>[]) =>
      objects.flatMap((one) => Object.keys(one)).every((name) => name.trim() !== '');
    const written = (objects: Record<string, string>[], format: 'json' | 'ndjson') =>
      format === 'json'
        ? JSON.stringify(objects, null, 1)
        : objects.map((one) => JSON.stringify(one)).join('\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('json' as const, 'ndjson' as const),
        async (objects, pieces, format) => {
          fc.pre(isWritable(objects));

          const { contentType } = format === 'json' ? JSON_TYPE : NDJSON_TYPE;
          const { columns, rows } = await contentOf(written(objects, format), { pieces, contentType });

          const read = rows.map(({ cells }) =>
            columns.map((name, at) => [name, cells[at] ?? '']).filter(([, value]) => value !== ''),
          );
          const sorted = (fields: string[][]) => [...fields].sort();
          expect(read.map(sorted)).toEqual(
            objects.map((one) => sorted(Object.entries(one).filter(([, value]) => value !== ''))),
          );
        },
      ),
    );
  });
});

describe('NDJSON', () => {
  it('numbers rows by line and counts blank ones', async () => {
    const { rows } = await contentOf('{"a": 1}\r\n\r\n{"a": 2}', NDJSON_TYPE);
    expect(rows).toEqual([
      { rowNumber: 1, cells: ['1'] },
      { rowNumber: 3, cells: ['2'] },
    ]);
  });

  it('rejects just the line that is no JSON', async () => {
    const { rows } = await contentOf('{"a": 1}\n{"a": \n{"a": 3}\n', NDJSON_TYPE);
    expect(rows.map(({ problem }) => problem)).toEqual([undefined, 'This line is not valid JSON', undefined]);
  });

  it('whose first line is no JSON is a VALIDATION_ERROR', async () => {
    expect(await refusalOf('title,type\n1,2\n', NDJSON_TYPE)).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('Line 1'),
    });
  });
});
