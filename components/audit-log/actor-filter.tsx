'use client';

import { useQuery } from '@tanstack/react-query';
import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { personName } from '@/components/audit-log/audit-labels';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { ComboBox } from '@/components/ui/combo-box';
import { countOf } from '@/components/ui/number-format';
import { auditActorsQuery } from '@/lib/client/audit-log';

/** Somebody by name among those who were active lately, or anybody by ID. */
export function ActorFilter({ audit: { url, change } }: { audit: AuditUrlState }) {
  const { data, isPending } = useQuery(auditActorsQuery());
  const known = (data?.actors ?? []).map(({ id, name, role, events }) => ({
    id,
    label: name ?? personName(id, {}),
    detail: `${role}, ${countOf(events, 'event')}`,
  }));
  const chosen = known.find(({ id }) => id === url.actor)?.label ?? url.actor ?? '';
  const { text, setText, setValue } = useTypedText(chosen);
  const words = text.trim().toLowerCase();
  const found = known.filter(({ id, label }) => `${label} ${id}`.toLowerCase().includes(words));
  const typed = words && !found.some(({ label }) => label.toLowerCase() === words);
  const options = typed ? [...found, { id: text.trim(), label: text.trim(), detail: 'User ID' }] : found;

  function select(actor: string | null) {
    const label = known.find(({ id }) => id === actor)?.label ?? actor ?? '';
    setValue(label);
    change({ actor });
  }

  return (
    <div className="col-span-2 sm:w-60">
      <ComboBox
        label="Actor"
        options={text === chosen && url.actor ? known : options}
        emptyText={isPending ? 'Loading' : 'Nobody was active lately'}
        inputValue={text}
        onInputChange={setText}
        selectedId={url.actor}
        onSelect={select}
        placeholder="Name or user ID"
      />
    </div>
  );
}
