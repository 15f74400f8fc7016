import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSample, SAMPLE_BYTES } from '@/lib/client/batch-sample';
import { encoded } from '@/tests/support/batch-files';

const sampleOf = (file: string | Buffer, options?: Parameters<typeof readSample>[1]) =>
  readSample(new Uint8Array(typeof file === 'string' ? Buffer.from(file) : file), options);

describe('the sample of a file', () => {
  it('shows columns and rows of a CSV file as the server will read them', async () => {
    expect(await sampleOf('title;weight;;\nA;1,5\n\n"B\nC";2\n')).toEqual({
      encoding: 'utf-8',
      delimiter: ';',
      format: 'csv',
      columns: ['title', 'weight'],
      rows: [
        ['A', '1,5'],
        ['B\nC', '2'],
      ],
    });
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const)('reads %s', async (encoding) => {
    expect(await sampleOf(encoded('title,note\nÜbung,naïve\n', encoding))).toMatchObject({
      encoding,
      rows: [['Übung', 'naïve']],
    });
  });

  it('reads gzip that is cut, without the row that is cut with it', async () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `${at},${Math.sin(at)}`).join('\n');
    const bytes = gzipSync(`a,b\n${lines}`).subarray(0, SAMPLE_BYTES);
    const sample = await sampleOf(bytes);
    expect(sample).toMatchObject({ columns: ['a', 'b'] });
    expect('rows' in sample && sample.rows).toHaveLength(100);
  });

  it('reads JSON arrays and lines, with the columns of all rows', async () => {
    const expected = {
      columns: ['a', 'b'],
      rows: [
        ['}"', ''],
        ['2', '3'],
      ],
    };
    expect(await sampleOf('[{"a": "}\\""}, {"a": 2, "b": 3}, {"a": 4')).toMatchObject(expected);
    expect(await sampleOf('{"a": "}\\""}\n{"a": 2, "b": 3}\n{"a": 4')).toMatchObject(expected);
  });

  it.each([
    ['empty', ''],
    ['a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])],
    ['binary', Buffer.from([1, 2, 0, 3, 4, 5, 6, 7])],
    ['a header with two equal names', 'a,a\n1,2\n'],
  ])('of a file that is %s is a problem to show', async (_, file) => {
    expect(await sampleOf(file)).toEqual({ problem: expect.any(String) });
  });
});
