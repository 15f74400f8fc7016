'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ErrorState } from '@/components/ui/error-state';
import { formatBytes } from '@/components/ui/number-format';
import { Skeleton } from '@/components/ui/skeleton';
import { CorrectsNotice } from '@/components/uploads/corrects-notice';
import { FileFacts } from '@/components/uploads/file-facts';
import { MappingStep } from '@/components/uploads/mapping-step';
import { savedMappingsQuery } from '@/lib/client/batch-mappings';
import { type ChosenFile, fileSampleQuery } from '@/lib/client/file-sample';
import { UPLOAD_LIMITS } from '@/lib/shared/batch';
import type { TextEncodingName } from '@/lib/shared/text-encoding';

type Props = { chosen: ChosenFile; corrects: string | null; onGiveUp: () => void };

/** Between choosing a file and its batch: what the file is, what its columns become, and sending it. */
export function UploadStep({ chosen, corrects, onGiveUp }: Props) {
  const [encoding, setEncoding] = useState<TextEncodingName | null>(null);
  return (
    <section
      aria-label="Upload"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 sm:p-5"
    >
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <Heading>{chosen.file.name}</Heading>
          <p className="text-muted text-sm">
            {formatBytes(chosen.file.size)}. Nothing is written before you have seen a preview.
          </p>
        </div>
        <Button size="small" onClick={onGiveUp}>
          Choose another file
        </Button>
      </header>
      {corrects && <CorrectsNotice batchId={corrects} />}
      <Sample chosen={chosen} corrects={corrects} encoding={encoding} onEncoding={setEncoding} />
    </section>
  );
}

/** Outside the component, so that it runs once and not with every rendering. */
const focus = (heading: HTMLElement | null) => heading?.focus();

/** The place that the focus goes to: what was focused before is gone. */
function Heading({ children }: { children: string }) {
  return (
    <h2 ref={focus} tabIndex={-1} className="break-words font-semibold outline-none">
      <bdi>{children}</bdi>
    </h2>
  );
}

type SampleProps = Pick<Props, 'chosen' | 'corrects'> & {
  encoding: TextEncodingName | null;
  onEncoding: (encoding: TextEncodingName) => void;
};

function Sample({ chosen, corrects, encoding, onEncoding }: SampleProps) {
  const sample = useQuery(fileSampleQuery(chosen, encoding));
  const saved = useQuery(savedMappingsQuery);
  const { size } = chosen.file;
  if (size > UPLOAD_LIMITS.sizeBytes) {
    return (
      <Unusable>
        {`The file has ${formatBytes(size)}; at most ${formatBytes(UPLOAD_LIMITS.sizeBytes)} are accepted. Split it, or compress it to .gz.`}
      </Unusable>
    );
  }
  if (sample.isPending || saved.isPending) return <Reading />;
  if (!sample.data) {
    return (
      <ErrorState title="The file could not be read" error={sample.error} onRetry={() => sample.refetch()} />
    );
  }
  const { read, isGzip } = sample.data;
  if ('problem' in read) return <Unusable>{read.problem}</Unusable>;
  return (
    <>
      <FileFacts sample={read} isGzip={isGzip} onEncoding={onEncoding} />
      <MappingStep
        key={encoding}
        file={chosen.file}
        sample={read}
        isGzip={isGzip}
        encoding={encoding}
        corrects={corrects}
        savedMappings={saved.data?.items ?? []}
      />
    </>
  );
}

function Unusable({ children }: { children: string }) {
  return (
    <Callout tone="danger" role="alert" title="This file cannot be used as it is">
      <p className="break-words">{children}</p>
    </Callout>
  );
}

function Reading() {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="sr-only">
        Reading the beginning of the file
      </p>
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
