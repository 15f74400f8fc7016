'use client';

import { useEffect, useRef } from 'react';

export type ComboBoxOption = { id: string; label: string; detail?: string };

type Props = {
  id: string;
  options: readonly ComboBoxOption[];
  emptyText: string;
  active: number;
  selectedId: string | null;
  onChoose: (index: number) => void;
};

/** The options below a ComboBox. Pressing one must not take the focus from the text, or the list would close. */
export function OptionList({ id, options, emptyText, active, selectedId, onChoose }: Props) {
  return (
    <div className="absolute top-full left-0 z-30 mt-1 w-full min-w-56 rounded-lg border border-line bg-raised p-1 shadow-raised">
      <p role="status" className={options.length === 0 ? 'px-2 py-1.5 text-muted' : 'sr-only'}>
        {options.length === 0 ? emptyText : `${options.length} found`}
      </p>
      <div
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label="Suggestions"
        onMouseDown={(event) => event.preventDefault()}
        className="max-h-72 overflow-auto"
      >
        {options.map((option, index) => (
          <Option
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            isActive={index === active}
            isSelected={option.id === selectedId}
            onChoose={() => onChoose(index)}
          />
        ))}
      </div>
    </div>
  );
}

type OptionProps = {
  id: string;
  option: ComboBoxOption;
  isActive: boolean;
  isSelected: boolean;
  onChoose: () => void;
};

function Option({ id, option, isActive, isSelected, onChoose }: OptionProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text field, which keeps the focus.
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      data-active={isActive || undefined}
      onClick={onChoose}
      className="flex min-h-8 cursor-default flex-col justify-center rounded-md px-2 py-1 hover:bg-hover data-active:bg-hover"
    >
      <span className={isSelected ? 'font-medium' : undefined}>{option.label}</span>
      {option.detail && <span className="text-muted text-sm">{option.detail}</span>}
    </div>
  );
}
