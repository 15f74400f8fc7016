'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import { type ComboBoxOption, OptionList } from '@/components/ui/combo-box-options';
import { TextInput } from '@/components/ui/text-input';
import { useOptionList } from '@/components/ui/use-option-list';

export type ComboBoxInputProps = {
  /** The options that match what was typed: the caller searches, thousands of them stay on the server. */
  options: readonly ComboBoxOption[];
  /** Shown in place of options: while searching, when nothing matches or when the search failed. */
  emptyText: string;
  inputValue: string;
  onInputChange: (text: string) => void;
  onInputBlur?: () => void;
  selectedId: string | null;
  /** Null as soon as the text is no longer the chosen option. */
  onSelect: (id: string | null) => void;
  placeholder?: string;
  isDisabled?: boolean;
};

/** The control of a ComboBox: the focus stays in the text while the arrow keys walk through the options. */
export function ComboBoxInput({ options, emptyText, inputValue, selectedId, ...props }: ComboBoxInputProps) {
  const { onInputChange, onInputBlur, onSelect, placeholder, isDisabled = false } = props;
  const listId = useId();
  const list = useOptionList({ count: options.length, onChoose: (index) => choose(options[index]) });

  function choose(option: ComboBoxOption | undefined) {
    if (!option) return;
    onInputChange(option.label);
    onSelect(option.id);
  }

  function type(text: string) {
    list.open();
    onInputChange(text);
    if (selectedId !== null) onSelect(null);
  }

  /** A text that is an option in full is chosen, however it was typed. */
  function leave() {
    list.close();
    const typed = inputValue.trim().toLowerCase();
    if (selectedId === null) choose(options.find(({ label }) => label.toLowerCase() === typed));
    onInputBlur?.();
  }

  return (
    <span className="relative block">
      <TextInput
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={list.isOpen}
        aria-controls={list.isOpen ? listId : undefined}
        aria-activedescendant={list.isOpen && list.active >= 0 ? `${listId}-${list.active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        disabled={isDisabled}
        value={inputValue}
        onChange={(event) => type(event.target.value)}
        onClick={list.open}
        onKeyDown={list.press}
        onBlur={leave}
        className="pr-8"
      />
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 size-4 text-muted"
      />
      {list.isOpen && (
        <OptionList
          id={listId}
          options={options}
          emptyText={emptyText}
          active={list.active}
          selectedId={selectedId}
          onChoose={list.choose}
        />
      )}
    </span>
  );
}
