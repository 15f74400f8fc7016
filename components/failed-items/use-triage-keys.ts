'use client';

import { useRouter } from 'next/navigation';
import { type Aim, aimAtFilter, aimAtItems } from '@/components/failed-items/aim';
import { itemPath } from '@/components/failed-items/failed-item-labels';
import { groupCount } from '@/components/failed-items/group-count';
import {
  focusedKey,
  focusedStop,
  focusStop,
  type Stop,
  stopAway,
  stopKeys,
} from '@/components/failed-items/triage-stops';
import { useItemRights } from '@/components/failed-items/use-item-rights';
import type { Triage } from '@/components/failed-items/use-triage';
import { useShortcuts } from '@/components/ui/use-shortcuts';
import type { FailedItemSummary } from '@/lib/shared/failed-item';

/** Triage without a mouse: the keys act on what is selected, otherwise on the row or group that has the focus. */
export function useTriageKeys(triage: Triage) {
  const router = useRouter();
  const { selection, actions, filterState, items, groups } = triage;
  const { mayRetry, mayEdit, mayDiscard } = useItemRights();

  const itemOf = (id: string) => items.data?.items.find((item) => item.id === id);
  const groupOf = (id: string) => groups.data?.groups.find(({ fingerprint }) => fingerprint === id);
  const filterOf = (fingerprint: string) => ({ ...filterState.filter, fingerprint });

  function aimOf(stop: Stop | undefined): Aim | undefined {
    if (stop?.kind === 'item') return aimOfItem(itemOf(stop.id));
    const group = stop && groupOf(stop.id);
    return group && aimAtFilter(filterOf(group.fingerprint), groupCount(group, filterState.url.state));
  }

  /** Nothing happens where it is not clear to what, or where the same thing is under way. */
  function withAim(act: (aim: Aim) => void) {
    const stop = focusedStop();
    const aim = selection.aim ?? aimOf(stop);
    const isUnderWay = stop?.kind === 'item' && actions.isPendingFor(stop.id);
    if (aim && aim.count > 0 && !isUnderWay) act(aim);
  }

  function select() {
    const stop = focusedStop();
    const item = stop?.kind === 'item' ? itemOf(stop.id) : undefined;
    if (item) selection.toggle([item]);
    else if (stop?.kind === 'group') selectGroup(stop.id);
  }

  function selectGroup(fingerprint: string) {
    const group = groupOf(fingerprint);
    if (selection.isAllOf(fingerprint)) selection.clear();
    else if (group) selection.selectAll(filterOf(fingerprint), groupCount(group, filterState.url.state));
  }

  function edit() {
    const stop = focusedStop();
    if (!selection.aim && stop?.kind === 'item') router.push(`${itemPath(stop.id)}?edit=true`);
    else withAim((aim) => actions.ask('patch', aim));
  }

  useShortcuts({
    ...MOVES,
    ...(mayRetry
      ? {
          x: select,
          r: () => withAim((aim) => actions.propose('retry', aim)),
          s: () => withAim((aim) => actions.ask('snooze', aim)),
        }
      : {}),
    ...(mayRetry && mayEdit ? { e: edit } : {}),
    ...(mayDiscard
      ? {
          d: () => withAim((aim) => actions.ask('discard', aim)),
          u: () => actions.undo(),
        }
      : {}),
  });
}

/** Capitals go from group to group. */
const MOVES = Object.fromEntries([
  ['j', () => move(1)],
  ['k', () => move(-1)],
  ['J', () => move(1, 'group')],
  ['K', () => move(-1, 'group')],
]);

const aimOfItem = (item: FailedItemSummary | undefined) => item && aimAtItems([item]);

function move(step: 1 | -1, kind?: Stop['kind']) {
  focusStop(stopAway(stopKeys(), { from: focusedKey(), step, ...(kind ? { kind } : {}) }));
}
