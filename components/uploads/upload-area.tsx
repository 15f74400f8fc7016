'use client';

import { Upload } from 'lucide-react';
import { useState } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { Callout } from '@/components/ui/callout';
import { classNames } from '@/components/ui/class-names';
import { Kbd } from '@/components/ui/kbd';
import { useHydrated } from '@/components/ui/use-hydrated';
import { CorrectsNotice } from '@/components/uploads/corrects-notice';
import { useDrop } from '@/components/uploads/use-drop';
import { fileFromClipboard, usePaste } from '@/components/uploads/use-paste';

type Props = {
  corrects: string | null;
  onForgetCorrects: () => void;
  onChoose: (file: File) => void;
};

const ACCEPTED = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.gz';

/** Where a file comes in: dropped, chosen or pasted. */
export function UploadArea({ corrects, onForgetCorrects, onChoose }: Props) {
  const isHydrated = useHydrated();
  const [problem, setProblem] = useState<string | null>(null);
  const { isOver, handlers } = useDrop(takeOnly);
  usePaste((data) => {
    const file = fileFromClipboard(data);
    if (file) take(file);
    else setProblem('What you pasted is neither a file nor cells of a spreadsheet.');
  });

  function takeOnly(files: readonly File[]) {
    const [file, ...rest] = files;
    if (!file) setProblem('That was no file. Drop one file, or choose it.');
    else if (rest.length > 0) setProblem(`Those were ${files.length} files. Drop one at a time.`);
    else take(file);
  }

  function take(file: File) {
    setProblem(null);
    onChoose(file);
  }

  return (
    <section aria-label="Upload" className="flex flex-col gap-2">
      {corrects && <CorrectsNotice batchId={corrects} onForget={onForgetCorrects} />}
      <div
        {...handlers}
        className={classNames(
          'flex flex-col items-center gap-2 rounded-lg border border-dashed px-6 py-7 text-center',
          isOver ? 'border-accent bg-accent-soft' : 'border-control/70 bg-surface',
        )}
      >
        <Upload aria-hidden className="size-5 text-muted" />
        <p className="font-medium">Drop a file with 1 to 1,000,000 assignments</p>
        <label
          className={buttonStyle(
            'primary',
            'medium',
            'cursor-pointer has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
          )}
        >
          Choose a file
          <input
            type="file"
            accept={ACCEPTED}
            disabled={!isHydrated}
            className="sr-only"
            onChange={({ target }) => takeOnly([...(target.files ?? [])])}
          />
        </label>
        <p className="text-muted text-sm">
          or press <Kbd>Ctrl</Kbd> <Kbd>V</Kbd> to paste it, or cells copied from a spreadsheet.
          <br />
          CSV, JSON or NDJSON, also as .gz. Nothing is written before you have seen a preview.
        </p>
      </div>
      {problem && (
        <Callout tone="danger" role="alert">
          {problem}
        </Callout>
      )}
      <Examples />
    </section>
  );
}

const LINK = 'rounded text-accent underline underline-offset-2';

function Examples() {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
      <span>
        Templates:{' '}
        <a href="/api/batches/template?format=csv" download className={LINK}>
          CSV
        </a>
        ,{' '}
        <a href="/api/batches/template?format=json" download className={LINK}>
          JSON
        </a>
      </span>
      <span>
        Example:{' '}
        <a href="/samples/oulad-assessments.csv" download className={LINK}>
          206 assessments of the Open University
        </a>
      </span>
    </p>
  );
}
