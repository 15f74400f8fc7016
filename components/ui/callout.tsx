import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { TONE_STYLE, type Tone } from '@/components/ui/tone';

const ICONS = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} satisfies Record<Tone, typeof Info>;

type Props = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** `status` for something that just happened, `alert` for something that went wrong; none for standing text. */
  role?: 'status' | 'alert';
};

/** A message in the flow of the page. */
export function Callout({ tone = 'info', title, children, role }: Props) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={classNames('flex gap-2.5 rounded-md px-3 py-2.5', TONE_STYLE[tone])}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 text-ink">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
