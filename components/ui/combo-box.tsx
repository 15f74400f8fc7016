'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  ComboBox as AriaComboBox,
  Button,
  FieldError,
  Input,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { classNames } from '@/components/ui/class-names';
import { CONTROL_STYLE } from '@/components/ui/control-style';

export type ComboBoxOption = { id: string; label: string; detail?: string };

type Props = {
  label: string;
  isLabelHidden?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  id?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** The options that match what was typed: the caller searches, thousands of them stay on the server. */
  options: readonly ComboBoxOption[];
  /** Shown in place of options: while searching, when nothing matches or when the search failed. */
  emptyText: string;
  inputValue: string;
  onInputChange: (text: string) => void;
  onInputBlur?: () => void;
  selectedId: string | null;
  onSelect: (id: string | null) => void;
};

/** A text field that searches and offers what it found. */
export function ComboBox({ label, isLabelHidden = false, hint, error, placeholder, ...props }: Props) {
  const { id, isRequired, isDisabled, options, emptyText, inputValue, onInputChange, ...events } = props;

  const select = (key: Key | null) => events.onSelect(key === null ? null : String(key));

  return (
    <AriaComboBox
      items={options}
      inputValue={inputValue}
      onInputChange={onInputChange}
      selectedKey={events.selectedId}
      onSelectionChange={select}
      allowsEmptyCollection
      menuTrigger="input"
      isInvalid={error !== undefined}
      {...(id ? { id } : {})}
      isRequired={isRequired ?? false}
      isDisabled={isDisabled ?? false}
      validationBehavior="aria"
      {...(events.onInputBlur ? { onBlur: events.onInputBlur } : {})}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={isLabelHidden ? 'sr-only' : 'font-medium text-sm'}>{label}</Label>
      <span className="relative block">
        <Input placeholder={placeholder ?? ''} className={classNames(CONTROL_STYLE, 'h-8 pr-8')} />
        <Button className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover">
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Button>
      </span>
      <FieldError className="text-danger text-sm">{error}</FieldError>
      {hint && (
        <Text slot="description" className="text-muted text-sm">
          {hint}
        </Text>
      )}
      <ComboBoxList emptyText={emptyText} />
    </AriaComboBox>
  );
}

function ComboBoxList({ emptyText }: { emptyText: string }) {
  return (
    <Popover className="w-(--trigger-width) min-w-56 rounded-lg border border-line bg-raised p-1 shadow-raised">
      <ListBox<ComboBoxOption>
        className="max-h-72 overflow-auto outline-none"
        renderEmptyState={() => <p className="px-2 py-1.5 text-muted">{emptyText}</p>}
      >
        {(option) => (
          <ListBoxItem
            textValue={option.label}
            className="flex min-h-8 flex-col justify-center rounded-md px-2 py-1 outline-none data-[focused]:bg-hover data-[selected]:bg-accent-soft"
          >
            <Text slot="label">{option.label}</Text>
            {option.detail && (
              <Text slot="description" className="text-muted text-sm">
                {option.detail}
              </Text>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
