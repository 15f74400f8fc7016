/** What a colored element means. Color never stands alone: a text or an icon says the same. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export const TONE_STYLE: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  info: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};
