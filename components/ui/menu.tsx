'use client';

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  MenuSection as AriaMenuSection,
  Button,
  Header,
  Menu as List,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components';
import { classNames } from '@/components/ui/class-names';

type MenuProps = {
  /** Name of the button that opens the menu, where its content is not text. */
  label?: string;
  trigger: ReactNode;
  triggerClassName?: string;
  placement?: 'bottom end' | 'bottom start' | 'top start';
  children: ReactNode;
};

/** A button with a list of things to do. */
export function Menu({ label, trigger, triggerClassName, placement = 'bottom end', children }: MenuProps) {
  return (
    <MenuTrigger>
      <Button {...(label ? { 'aria-label': label } : {})} className={triggerClassName ?? ''}>
        {trigger}
      </Button>
      <Popover
        placement={placement}
        className="min-w-52 rounded-lg border border-line bg-raised p-1 shadow-raised outline-none"
      >
        <List className="max-h-[70dvh] overflow-auto outline-none">{children}</List>
      </Popover>
    </MenuTrigger>
  );
}

type MenuItemProps = Pick<AriaMenuItemProps, 'id' | 'onAction' | 'href' | 'isDisabled'> & {
  icon?: ReactNode;
  isDangerous?: boolean;
  children: string;
};

const ITEM =
  'flex min-h-8 items-center gap-2 rounded-md px-2 outline-none cursor-default data-[focused]:bg-hover data-[disabled]:opacity-50';

export function MenuItem({ icon, isDangerous = false, children, ...props }: MenuItemProps) {
  return (
    <AriaMenuItem {...props} textValue={children} className={classNames(ITEM, isDangerous && 'text-danger')}>
      {({ isSelected, selectionMode }) => (
        <>
          {icon && <span className="text-muted [&>svg]:size-4">{icon}</span>}
          <span className="flex-1">{children}</span>
          {selectionMode !== 'none' && isSelected && <Check aria-hidden className="size-4 text-accent" />}
        </>
      )}
    </AriaMenuItem>
  );
}

type MenuChoiceProps<Choice extends string> = {
  title: string;
  value: Choice;
  onChange: (choice: Choice) => void;
  choices: readonly { value: Choice; label: string; icon?: ReactNode }[];
};

/** A part of a menu in which exactly one item is chosen. */
export function MenuChoice<Choice extends string>(props: MenuChoiceProps<Choice>) {
  const { title, value, onChange, choices } = props;

  function choose(keys: Selection) {
    const chosen = choices.find((choice) => keys !== 'all' && keys.has(choice.value));
    if (chosen) onChange(chosen.value);
  }

  return (
    <AriaMenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={choose}
      className="border-line border-t pt-1 not-first:mt-1"
    >
      <Header className="px-2 py-1 text-muted text-xs">{title}</Header>
      {choices.map((choice) => (
        <MenuItem key={choice.value} id={choice.value} icon={choice.icon}>
          {choice.label}
        </MenuItem>
      ))}
    </AriaMenuSection>
  );
}

/** Items that belong together; `title` is read out, a line sets them apart from those above. */
export function MenuGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection aria-label={title} className="border-line border-t pt-1 not-first:mt-1">
      {children}
    </AriaMenuSection>
  );
}

/** Lines above the items that say whom or what the menu is about. */
export function MenuHeading({ lines }: { lines: [title: string, ...details: string[]] }) {
  const [title, ...details] = lines;
  return (
    <AriaMenuSection aria-label={title}>
      <Header className="px-2 py-1.5">
        <span className="block font-medium">{title}</span>
        {details.map((detail) => (
          <span key={detail} className="block text-muted text-sm">
            {detail}
          </span>
        ))}
      </Header>
    </AriaMenuSection>
  );
}
