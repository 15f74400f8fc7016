'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { IgnoredColumns } from '@/components/uploads/ignored-columns';
import { MappingEditor, sourceId } from '@/components/uploads/mapping-editor';
import { RecognisedMapping } from '@/components/uploads/recognised-mapping';
import { SampleRows } from '@/components/uploads/sample-rows';
import { SaveMapping } from '@/components/uploads/save-mapping';
import { TakenIdsChoice } from '@/components/uploads/taken-ids-choice';
import { UploadProblem } from '@/components/uploads/upload-problem';
import { UploadProgressView } from '@/components/uploads/upload-progress';
import { useMapping } from '@/components/uploads/use-mapping';
import { useUpload } from '@/components/uploads/use-upload';
import type { Sample } from '@/lib/client/batch-sample';
import type { TakenIdPolicy } from '@/lib/shared/batch';
import type { SavedMapping } from '@/lib/shared/batch-mapping';
import { MAPPED_FIELD_LABELS } from '@/lib/shared/field-labels';
import type { TextEncodingName } from '@/lib/shared/text-encoding';

type Props = {
  file: File;
  sample: Sample;
  isGzip: boolean;
  encoding: TextEncodingName | null;
  corrects: string | null;
  savedMappings: readonly SavedMapping[];
};

/** What the columns of a file become, and sending it. Whatever goes wrong, file and mapping stay. */
export function MappingStep({ file, sample, isGzip, encoding, corrects, savedMappings }: Props) {
  const mapping = useMapping(sample, savedMappings);
  const [takenIds, setTakenIds] = useState<TakenIdPolicy>('reject');
  const [isChecked, setIsChecked] = useState(false);
  const upload = useUpload();
  const missing = isChecked ? mapping.missing : [];

  function send(again: boolean) {
    setIsChecked(true);
    if (mapping.missing.length > 0) return;
    upload.send({
      file,
      format: sample.format,
      isGzip,
      takenIds,
      again,
      corrects,
      ...(encoding ? { encoding } : {}),
      ...(mapping.sent ? { mapping: mapping.sent } : {}),
    });
  }

  return (
    <>
      <fieldset disabled={upload.isPending} className="flex min-w-0 flex-col gap-4">
        <RecognisedMapping name={mapping.name} />
        <SampleRows sample={sample} mapping={mapping.mapping} />
        <IgnoredColumns columns={mapping.ignoredColumns} />
        <Disclosure summary="Which column becomes what" isOpen={mapping.name === null || missing.length > 0}>
          <MappingEditor sample={sample} state={mapping} missing={missing} />
        </Disclosure>
        {mapping.mapping.fields.assignmentId && <TakenIdsChoice value={takenIds} onChange={setTakenIds} />}
        <SaveMapping columns={sample.columns} state={mapping} />
      </fieldset>
      <FormErrorSummary
        errors={missing.map((field) => ({
          id: sourceId(field),
          label: MAPPED_FIELD_LABELS[field],
          message: 'Choose where it comes from',
        }))}
      />
      {upload.error && <UploadProblem error={upload.error} onSend={send} />}
      {upload.isPending ? (
        <UploadProgressView progress={upload.progress} onCancel={upload.cancel} />
      ) : (
        <div>
          <Button variant="primary" onClick={() => send(false)}>
            Upload and check
          </Button>
        </div>
      )}
    </>
  );
}
