import { focusManager, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/client/api';
import {
  alertSchema,
  alertsSchema,
  type Channel,
  channelTestSchema,
  type NewSilence,
  type ResponseId,
  responseSchema,
} from '@/lib/shared/alert';

const PATH = '/api/alerts';

const KEY = ['alerts'];

const POLL_MS = { visible: 3000, hidden: 30_000 } as const;

/** The menu asks less often than the page. */
const COUNT_POLL_MS = 15_000;

const readAlerts = ({ signal }: { signal: AbortSignal }) => api.get(PATH, alertsSchema, signal);

/** Alerts, responses, channels and history; live. */
export const alertsQuery = () =>
  queryOptions({
    queryKey: KEY,
    queryFn: readAlerts,
    refetchInterval: () => (focusManager.isFocused() ? POLL_MS.visible : POLL_MS.hidden),
    refetchIntervalInBackground: true,
  });

/** How many alerts fire that nobody has silenced. */
export const firingCountQuery = () =>
  queryOptions({
    queryKey: KEY,
    queryFn: readAlerts,
    select: ({ alerts }) =>
      alerts.filter(({ state, silence }) => state === 'firing' && silence === null).length,
    refetchInterval: COUNT_POLL_MS,
    staleTime: COUNT_POLL_MS,
  });

const pathOf = (ruleId: string, verb: string) => `${PATH}/${encodeURIComponent(ruleId)}/${verb}`;

/** Whatever came of it, what is shown is read again. */
function useReadAgain() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: KEY });
}

/** Says that somebody looks after a firing alert. */
export function useAcknowledge(ruleId: string) {
  return useMutation({
    mutationFn: () => api.post(pathOf(ruleId, 'acknowledge'), undefined, alertSchema),
    onSettled: useReadAgain(),
  });
}

/** Keeps an alert from telling anybody until a given time. */
export function useSilence(ruleId: string) {
  return useMutation({
    mutationFn: (silence: NewSilence) => api.post(pathOf(ruleId, 'silence'), silence, alertSchema),
    onSettled: useReadAgain(),
  });
}

/** Sends a test message over a channel. */
export function useTestChannel(channel: Channel) {
  return useMutation({
    mutationFn: () => api.post(`${PATH}/channels/${channel}/test`, undefined, channelTestSchema),
    onSettled: useReadAgain(),
  });
}

/** Switches an automatic response on or off. */
export function useSwitchResponse(responseId: ResponseId) {
  return useMutation({
    mutationFn: (isOn: boolean) => api.post(`${PATH}/responses/${responseId}`, { isOn }, responseSchema),
    onSettled: useReadAgain(),
  });
}
