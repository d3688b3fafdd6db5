/** The list that opens at a slash: arrow keys choose, Enter or Tab puts the text in, a finished abbreviation by itself. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lang, t } from "../base/words";
import type { OpenContact } from "./contact";
import { filled, finishedAt, matching, meant, type Slash, slashAt } from "./slash";
import "./template_words";
import "./templates.css";
import type { Template } from "../wire";

const LIST = "staff-templates";
const PICKER = "staff-template-picker";
/** A press on the list leaves the focus in the reply. */
const keepFocus = (event: MouseEvent) => event.preventDefault();
const optionId = (index: number) => `${LIST}-${index}`;

export interface Picker {
  slash: Slash | null;
  found: readonly Template[];
  active: number;
  choose(template: Template): void;
  /** True when the key was the list's own. */
  pressed(event: KeyboardEvent): boolean;
  /** To be called after every change and every move of the cursor. */
  looked(field: HTMLTextAreaElement): void;
  /** The focus left the reply: the list stays only while it goes to the list itself. */
  left(event: FocusEvent): void;
  /** What tells a screen reader of the list. */
  aria: Record<string, string | undefined>;
}

export function usePicker(contact: OpenContact, field: RefObject<HTMLTextAreaElement | null>): Picker {
  const [slash, setSlash] = useState<Slash | null>(null);
  const [active, setActive] = useState(0);
  useEffect(() => void contact.templates.load(), [contact]);
  const list = contact.templates.list.value;
  const spoken = contact.summary.value?.lang ?? lang.value;
  const found = slash && list ? matching(list.templates, spoken, slash.word) : [];
  const close = () => setSlash(null);
  const put = (template: Template, { from }: Slash, until: number) => {
    if (!field.current || !list) return;
    field.current.setRangeText(filled(template.text, list.fills), from, until, "end");
    contact.draft.value = field.current.value;
    contact.draftLang.value = template.lang;
    field.current.focus();
    close();
  };
  const choose = (template: Template) => {
    if (slash) put(template, slash, slash.from + 1 + slash.word.length);
  };
  const looked = (written: HTMLTextAreaElement) => {
    const cursor = written.selectionStart;
    const finished = finishedAt(written.value, cursor);
    const template = finished && list && meant(list.templates, spoken, finished.word);
    if (template && slash) return put(template, finished, cursor);
    const next = slashAt(written.value, cursor);
    if (next?.word !== slash?.word) setActive(0);
    setSlash(next);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => setActive((active + 1) % found.length),
    ArrowUp: () => setActive((active + found.length - 1) % found.length),
    Enter: () => choose(found[active] as Template),
    Tab: () => choose(found[active] as Template),
    Escape: close,
  };
  const pressed = (event: KeyboardEvent) => {
    const act = event.shiftKey || event.isComposing ? undefined : keys[event.key];
    if (!slash || !act || (found.length === 0 && event.key !== "Escape")) return false;
    event.preventDefault();
    act();
    return true;
  };
  const left = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Element && relatedTarget.closest(`#${PICKER}`))) close();
  };
  const aria = {
    "aria-autocomplete": "list",
    "aria-controls": slash ? LIST : undefined,
    "aria-activedescendant": slash && found.length ? optionId(active) : undefined,
  };
  return { slash, found, active, choose, pressed, looked, left, aria };
}

/** Begins a template where the cursor is, as if a slash had been written there. */
export function beginTemplate(field: HTMLTextAreaElement): void {
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(/\S$/.test(before) ? " /" : "/", field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

export function TemplateList({ picker, manage }: { picker: Picker; manage(): void }) {
  const { slash, found, active } = picker;
  return (
    <>
      <span role="status" class="staff-hidden">
        {slash && t("template.found", { n: found.length })}
      </span>
      {slash && (
        <div class="template-picker" id={PICKER}>
          <div
            id={LIST}
            role="listbox"
            aria-label={t("template.list")}
            aria-activedescendant={found.length ? optionId(active) : undefined}
            tabIndex={0}
            onKeyDown={picker.pressed}
          >
            {found.map((template, index) => (
              <Option key={template.template_id} index={index} active={index === active} {...{ template, picker }} />
            ))}
          </div>
          {found.length === 0 && <p class="staff-small">{t("template.none")}</p>}
          <div class="template-foot">
            <span class="staff-small">{t("template.keys")}</span>
            <button type="button" class="text-button" onMouseDown={keepFocus} onClick={manage}>
              {t("template.manage")}
            </button>
          </div>
        </div>
      )}
    </>
  );
}

interface OptionProps {
  template: Template;
  index: number;
  active: boolean;
  picker: Picker;
}

function Option({ template, index, active, picker }: OptionProps) {
  const { abbreviation, title, text, unit_id, lang: written } = template;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys go to the reply, see `usePicker`
    <div
      id={optionId(index)}
      role="option"
      class="template-option"
      aria-selected={active}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: "nearest" });
      }}
      onMouseDown={keepFocus}
      onClick={() => picker.choose(template)}
    >
      <kbd>/{abbreviation}</kbd>
      <span class="template-title">{title}</span>
      {unit_id === "" && <span class="template-own">{t("template.own")}</span>}
      <span class="template-text" lang={written}>
        {text}
      </span>
    </div>
  );
}
