import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileFacts, readFile } from '@/lib/server/batches/file/read-file';
import { DELIMITERS } from '@/lib/shared/csv-delimiter';
import { contentOf, encoded, inPieces, refusalOf } from '@/tests/support/batch-files';

const cellsOf = async (...args: Parameters<typeof contentOf>) =>
  (await contentOf(...args)).rows.map(({ cells }) => cells);

describe('a CSV file', () => {
  it.each(DELIMITERS)('is read with its own delimiter %j', async (delimiter) => {
    const file = await contentOf('a,b,c\n1,2,3'.replaceAll(',', delimiter));

    expect(file).toMatchObject({ format: 'csv', delimiter, columns: ['a', 'b', 'c'] });
    expect(file.rows).toEqual([{ rowNumber: 2, cells: ['1', '2', '3'] }]);
  });

  it('with decimal commas between semicolons keeps its numbers whole', async () => {
    expect(await cellsOf('name;weight;points\nA;1,5;2,5\nB;3,5;4,5\n')).toEqual([
      ['A', '1,5', '2,5'],
      ['B', '3,5', '4,5'],
    ]);
  });

  it('is not misled by delimiters inside quotes', async () => {
    const file = await contentOf('"a;b;c",d\n"x;y;z",1\n');
    expect(file.delimiter).toBe(',');
    expect(file.columns).toEqual(['a;b;c', 'd']);
  });

  it.each(['\n', '\r\n', '\r'])('ends its lines with %j', async (end) => {
    expect(await cellsOf(['a,b', '1,2', '3,4', ''].join(end))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('keeps a quoted newline and a doubled quote inside their cell', async () => {
    expect(await cellsOf('a,b\n"one\r\ntwo","say ""hi"""\n')).toEqual([['one\r\ntwo', 'say "hi"']]);
  });

  it('keeps a quote in the middle of an unquoted cell', async () => {
    expect(await cellsOf('a,b\n5" pipe,x\n')).toEqual([['5" pipe', 'x']]);
  });

  it('numbers rows as a spreadsheet shows them: header first, blank lines counted, a quoted newline in one row', async () => {
    const { rows } = await contentOf('a,b\n1,2\n\n"x\ny",4\n,\n5,6');
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 4, 6]);
  });

  it('rejects just the row with a cell too many or too few', async () => {
    const { rows } = await contentOf('a,b,c\n1,2,3\n1,2,3,4\n1,2\n7,8,9\n');

    expect(rows.map(({ problem }) => problem?.split(':')[0])).toEqual([
      undefined,
      'This row has 4 cells, the header has 3',
      'This row has 2 cells, the header has 3',
      undefined,
    ]);
  });

  it('takes trailing delimiters of header and rows for nothing', async () => {
    const { columns, rows } = await contentOf('a,b,,\n1,2,,\n3,4\n');

    expect(columns).toEqual(['a', 'b']);
    expect(rows.map(({ cells, problem }) => [cells, problem])).toEqual([
      [['1', '2'], undefined],
      [['3', '4'], undefined],
    ]);
  });

  it('leaves formulas as they are', async () => {
    expect(await cellsOf('a,b\n=cmd(),@x\n')).toEqual([['=cmd()', '@x']]);
  });

  it('may call columns __proto__ and constructor', async () => {
    const { columns, rows } = await contentOf('__proto__,constructor\n1,2\n');
    expect(columns).toEqual(['__proto__', 'constructor']);
    expect(rows[0]?.cells).toEqual(['1', '2']);
  });

  it('gets a name for a column that has none', async () => {
    expect((await contentOf('a,,c\n1,2,3\n')).columns).toEqual(['a', 'Column 2', 'c']);
  });

  it('measures the bytes as they were sent', async () => {
    const { measured } = await contentOf('a\n1\n');
    expect(measured()).toEqual({
      sizeBytes: 4,
      sha256: '309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc',
    });
  });
});

describe('the encoding of a file', () => {
  const text = 'title,note\nÜbung,naïve\n';

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const)('%s is detected', async (encoding) => {
    const file = await contentOf(encoded(text, encoding));
    expect(file.encoding()).toBe(encoding);
    expect(file.rows[0]?.cells).toEqual(['Übung', 'naïve']);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    '%s may begin with a byte order mark',
    async (encoding) => {
      const file = await contentOf(encoded(`\ufeff${text}`, encoding));
      expect(file.encoding()).toBe(encoding);
      expect(file.columns).toEqual(['title', 'note']);
    },
  );

  it('is still decided when the first letter beyond ASCII comes late', async () => {
    const many = `title\n${'plain\n'.repeat(50_000)}`;
    expect((await contentOf(encoded(`${many}Übung\n`, 'windows-1252'))).encoding()).toBe('windows-1252');
    const file = await contentOf(encoded(`${many}Übung\n`, 'utf-8'), { pieces: [7001] });
    expect(file.encoding()).toBe('utf-8');
    expect(file.rows.at(-1)?.cells).toEqual(['Übung']);
  });

  it('that the sender names is taken', async () => {
    const file = await contentOf(encoded('title\nÃ©\n', 'windows-1252'), { encoding: 'windows-1252' });
    expect(file.rows[0]?.cells).toEqual(['Ã©']);
  });

  it('is refused where later bytes do not fit', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`title\né\n${'x\n'.repeat(50_000)}`),
      Buffer.from([0xe9, 0x0a]),
    ]);
    expect(await refusalOf(bytes)).toMatchObject({ code: 'VALIDATION_ERROR', message: /no UTF-8/ });
  });
});

describe('gzip', () => {
  it('is unpacked whether it is announced or not, and measured as it was sent', async () => {
    const packed = gzipSync('a,b\n1,2\n');
    for (const contentEncoding of ['gzip', null]) {
      const file = await contentOf(packed, { contentEncoding });
      expect(file.rows).toEqual([{ rowNumber: 2, cells: ['1', '2'] }]);
      expect(file.measured().sizeBytes).toBe(packed.length);
    }
  });

  it('that expands beyond the ratio is refused at once, naming limit and ratio', async () => {
    const bomb = gzipSync(`a\n${`${'x'.repeat(30_000)}\n`.repeat(2500)}`);
    let pieces = 0;
    async function* counted() {
      for await (const piece of inPieces(bomb, [4096])) {
        pieces += 1;
        yield piece;
      }
    }
    const read = async () => {
      const file = await readFile(counted(), {});
      for await (const _ of file.rows);
    };

    await expect(read()).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/\d+ times its size, the limit \(expansionRatio\) is 200/),
    });
    expect(pieces).toBeLessThan(Math.ceil(bomb.length / 4096) / 2);
  });

  it('that is cut or announced in vain is refused', async () => {
    const packed = gzipSync('a,b\n1,2\n'.repeat(1000));
    expect(await refusalOf(packed.subarray(0, packed.length - 12))).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: /before it is complete/,
    });
    expect(await refusalOf('a,b\n1,2\n', { contentEncoding: 'gzip' })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: /announced as gzip/,
    });
  });
});

describe('a file that cannot be read', () => {
  it.each<[string, string | Buffer, FileFacts?]>([
    ['empty', ''],
    ['only blank', '\n \n'],
    ['only a header', 'a,b\n'],
    ['with a duplicate header', 'title,type,title\n1,2,3\n'],
    ['with a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n'],
    ['that is a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
    ['that is binary', Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.from([0, 1, 2, 0])])],
    ['in an unknown Content-Encoding', 'a\n1\n', { contentEncoding: 'br' }],
  ])('%s is a VALIDATION_ERROR on the file', async (_, file, facts = {}) => {
    const { code, fields, message } = await refusalOf(file, facts);
    expect(code).toBe('VALIDATION_ERROR');
    expect(fields).toEqual([{ field: 'file', message }]);
  });

  it('says where the quote was opened', async () => {
    expect((await refusalOf('a,b\n1,2\n"3,4\n5,6\n')).message).toContain('row 3');
  });

  it('names the columns that share a name', async () => {
    expect((await refusalOf('title,type,title\n1,2,3\n')).message).toContain('Columns 1 and 3');
  });

  it('with a cell of 10 MB is PAYLOAD_TOO_LARGE, without being read to its end', async () => {
    const cell = 'x'.repeat(10 * 1024 * 1024);
    expect(await refusalOf(`a,b\n1,2\n"${cell}",2\n`)).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/^Row 3 .*rowLength/),
    });
  });

  it.each([
    ['fieldLength', `a,b\n${'x'.repeat(32_768)},1\n`, /Row 2 has 32,768 characters in "a"/],
    ['rowLength', `a,b,c\n${Array(3).fill('x'.repeat(30_000)).join(',')}\n`, /Row 2 has 90,000/],
    ['columns', `${Array.from({ length: 201 }, (_, i) => `c${i}`).join(',')}\n1\n`, /201 columns/],
  ])('beyond the limit %s is PAYLOAD_TOO_LARGE and told', async (limit, file, message) => {
    const refusal = await refusalOf(file);
    expect(refusal.code).toBe('PAYLOAD_TOO_LARGE');
    expect(refusal.message).toContain(limit);
    expect(refusal.message).toMatch(message);
  });
});

describe('any table of cells', () => {
  const DECIDABLE = 'abcXYZ 019.-_\'"\n\r,;|\téüß€';
  const cell = fc.string({ unit: fc.constantFrom(...DECIDABLE), maxLength: 8 });
  // A letter beyond ASCII followed by a plain one is no UTF-8 by chance.
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = (width: number) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 });
  const isRow = (cells: string[]) => cells.some((text) => text.trim() !== '');

  it('written as CSV in any delimiter, line end and encoding reads back the same however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }).chain((width) => fc.tuple(fc.constant(width), rows(width))),
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async ([width, table], delimiter, end, encoding, pieces) => {
          const header = Array.from({ length: width }, (_, position) => `column ${position}`);
          const lines = [header, ...table].map((cells) => cells.map(quoted).join(delimiter));
          const isMarked = encoding !== 'windows-1252';
          const bytes = encoded((isMarked ? '\ufeff' : '') + lines.join(end), encoding);
          fc.pre(table.some(isRow));

          const file = await contentOf(bytes, { pieces, encoding: isMarked ? undefined : encoding });

          expect(file.columns).toEqual(header);
          expect(file.rows.map(({ cells }) => cells)).toEqual(table.filter(isRow));
        },
      ),
    );
  });
});
