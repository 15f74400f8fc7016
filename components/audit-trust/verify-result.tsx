import { FindingList } from '@/components/audit-trust/finding-list';
import { Callout } from '@/components/ui/callout';
import { countOf } from '@/components/ui/number-format';
import { Time } from '@/components/ui/time';
import type { Verification } from '@/lib/client/verify-trail';

type Props = { result: Verification; isRunning: boolean; isStopped: boolean };

/** Says exactly what was checked, and what came of it. */
export function VerifyResult({ result, isRunning, isStopped }: Props) {
  const { keys, findings, hours, hoursDone, notSealed } = result;
  if (keys.current === null && hours === 0) return <NoKey />;
  if (findings.length > 0) return <Faulty result={result} />;
  if (isRunning) return null;
  if (hours === 0) {
    return (
      <Callout title="No hour of this time is sealed yet">
        An hour is sealed 15 minutes after its end. <NotSealed count={notSealed} />
      </Callout>
    );
  }
  if (hoursDone < hours) {
    return (
      <Callout tone="neutral" title={isStopped ? 'Stopped before the end' : 'Not checked to the end'}>
        <Checked result={result} /> No fault so far.
      </Callout>
    );
  }
  return (
    <Callout tone="success" title="Verified" role="status">
      <Checked result={result} /> <NotSealed count={notSealed} />
    </Callout>
  );
}

function NoKey() {
  return (
    <Callout tone="warning" title="Nothing is sealed">
      The product has no signing key, so nobody can prove that the trail is unchanged. Set AUDIT_SIGNING_KEY:
      hours are sealed from then on, those before it as well.
    </Callout>
  );
}

function Faulty({ result }: { result: Verification }) {
  return (
    <Callout tone="danger" title="The trail is not as it was sealed" role="alert">
      <div className="flex flex-col gap-2">
        <FindingList findings={result.findings} />
        <p>
          <Checked result={result} />
        </p>
      </div>
    </Callout>
  );
}

function Checked({ result: { hoursDone, events, verifiedTo } }: { result: Verification }) {
  return (
    <>
      {countOf(hoursDone, 'hour')} and {countOf(events, 'event')} were checked in this browser
      {verifiedTo && (
        <>
          , up to <Time value={verifiedTo} />
        </>
      )}
      .
    </>
  );
}

function NotSealed({ count }: { count: number | null }) {
  if (count === null || count === 0) return null;
  return (
    <>
      {countOf(count, 'newer event')} {count === 1 ? 'is' : 'are'} not sealed yet.
    </>
  );
}
