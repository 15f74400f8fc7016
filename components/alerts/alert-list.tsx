import { AlertCard } from '@/components/alerts/alert-card';
import { CalmRules } from '@/components/alerts/calm-rules';
import { Callout } from '@/components/ui/callout';
import { Disclosure } from '@/components/ui/disclosure';
import { countOf } from '@/components/ui/number-format';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { Alert } from '@/lib/shared/alert';

/** What fires or is about to, and the rules that are calm for those who ask. */
export function AlertList({ alerts }: { alerts: readonly Alert[] }) {
  const firing = alerts.filter(({ state }) => state === 'firing');
  const open = alerts.filter(({ state }) => state === 'firing' || state === 'pending');
  const calm = alerts.filter((alert) => !open.includes(alert));
  return (
    <div className="flex flex-col gap-3">
      <VisuallyHidden>
        <span role="status">{announcementOf(firing)}</span>
      </VisuallyHidden>
      {open.length === 0 && <Callout tone="success" title="Nothing fires." />}
      {open.length > 0 && (
        <ul className="flex flex-col gap-3">
          {open.map((alert) => (
            <li key={alert.ruleId}>
              <AlertCard alert={alert} />
            </li>
          ))}
        </ul>
      )}
      {calm.length > 0 && (
        <Disclosure summary={`${countOf(calm.length, 'calm rule')}`}>
          <CalmRules alerts={calm} />
        </Disclosure>
      )}
    </div>
  );
}

function announcementOf(firing: readonly Alert[]): string {
  if (firing.length === 0) return 'No alert fires';
  return `${countOf(firing.length, 'alert')} firing: ${firing.map(({ title }) => title).join(', ')}`;
}
