import { env } from '@/lib/server/env';
import { CHANNELS, type Channel } from '@/lib/shared/alert';

type Setting = { isConfigured: boolean; target: string };

/** Whether a channel is set up, and where it leads: an address without what may be secret in it. */
export function channelSetting(channel: Channel): Setting {
  return channel === 'webhook' ? webhookSetting() : snsSetting();
}

/** The channels that alerts go to. */
export function openChannels(): Channel[] {
  return CHANNELS.filter((channel) => channelSetting(channel).isConfigured);
}

function webhookSetting(): Setting {
  const { ALERT_WEBHOOK_URL: address, ALERT_WEBHOOK_SECRET: secret } = env;
  if (!address) return { isConfigured: false, target: 'ALERT_WEBHOOK_URL is not set' };
  const { protocol, host } = new URL(address);
  if (!/^https?:$/.test(protocol)) {
    return { isConfigured: false, target: 'ALERT_WEBHOOK_URL must begin with http:// or https://' };
  }
  if (!secret) {
    return { isConfigured: false, target: 'ALERT_WEBHOOK_SECRET is not set, so nothing could be signed' };
  }
  return { isConfigured: true, target: host };
}

function snsSetting(): Setting {
  const arn = env.ALERT_SNS_TOPIC_ARN;
  if (!arn) return { isConfigured: false, target: 'ALERT_SNS_TOPIC_ARN is not set' };
  return { isConfigured: true, target: arn.split(':').at(-1) ?? arn };
}
