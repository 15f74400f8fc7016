'use client';

import { useQueryState } from 'nuqs';
import { useState } from 'react';
import { UploadArea } from '@/components/uploads/upload-area';
import { UploadStep } from '@/components/uploads/upload-step';
import type { ChosenFile } from '@/lib/client/file-sample';
import { useMay } from '@/lib/client/session-context';

/** Takes a file and leads to its batch; only for those who may create one. `?corrects=` names the batch it corrects. */
export function UploadPanel() {
  const mayCreate = useMay('batch:create');
  const [corrects, setCorrects] = useQueryState('corrects');
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  if (!mayCreate) return null;
  if (chosen) {
    return (
      <UploadStep key={chosen.id} chosen={chosen} corrects={corrects} onGiveUp={() => setChosen(null)} />
    );
  }
  return (
    <UploadArea
      corrects={corrects}
      onForgetCorrects={() => setCorrects(null)}
      onChoose={(file) => setChosen({ id: String(performance.now()), file })}
    />
  );
}
