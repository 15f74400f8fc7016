'use client';

import { KindChoice } from '@/components/rollbacks/kind-choice';
import { PlanPanel } from '@/components/rollbacks/plan-panel';
import { SubjectForm } from '@/components/rollbacks/subject-form';
import { useRollbackUrl } from '@/components/rollbacks/use-rollback-url';
import { ButtonLink } from '@/components/ui/button-link';
import { Callout } from '@/components/ui/callout';

/** Choose what is to be rolled back, read the plan, then confirm it. Everything chosen is in the URL. */
export function Rollbacks() {
  const state = useRollbackUrl();
  const { url, input, choose } = state;
  return (
    <>
      <KindChoice kind={url.kind} onChoose={choose} />
      {url.kind === 'inconsistency' && <Inconsistency />}
      {url.kind !== null && url.kind !== 'inconsistency' && (
        <SubjectForm key={url.kind + JSON.stringify(input)} {...state} kind={url.kind} />
      )}
      {input && <PlanPanel key={JSON.stringify(input)} input={input} state={state} />}
    </>
  );
}

function Inconsistency() {
  return (
    <Callout title="Inconsistencies are repaired where they are listed">
      <p>Run the check; each difference it finds shows both values and what its repair would write.</p>
      <div className="mt-3">
        <ButtonLink href="/consistency">Go to consistency</ButtonLink>
      </div>
    </Callout>
  );
}
