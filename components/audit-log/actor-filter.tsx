'use client';

import { useTypedText } from '@/components/assignment-form/use-typed-text';
import { personName } from '@/components/audit-log/audit-labels';
import { type People, useActorSearch, useKnownPeople } from '@/components/audit-log/use-actor-search';
import type { AuditUrlState } from '@/components/audit-log/use-audit-url';
import { ComboBox } from '@/components/ui/combo-box';

type Props = { audit: AuditUrlState; people: People };

/** Somebody by name among those who were active lately, or anybody by email or ID. */
export function ActorFilter({ audit: { url, change }, people }: Props) {
  const known = useKnownPeople(people);
  const chosen = url.actor === null ? '' : personName(url.actor, known);
  const { text, setText, setValue } = useTypedText(chosen);
  const { options, emptyText } = useActorSearch(text, { people, chosen });

  function select(actor: string | null) {
    setValue(options.find(({ id }) => id === actor)?.label ?? actor ?? '');
    change({ actor });
  }

  return (
    <div className="col-span-2 sm:w-60">
      <ComboBox
        label="Actor"
        options={options}
        emptyText={emptyText}
        inputValue={text}
        onInputChange={setText}
        selectedId={url.actor}
        onSelect={select}
        placeholder="Name, email or user ID"
      />
    </div>
  );
}
