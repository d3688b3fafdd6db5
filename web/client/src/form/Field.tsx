/** The field of one question, by its type. What is typed and cannot be read is told as null. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { Item } from "../wire";
import { same, type Value } from "./asked";
import { optionWords, unitOf } from "./text";

export interface FieldProps {
  item: Item;
  /** Id of the element with the question. */
  labelled: string;
  /** Id of what is wrong, while something is. */
  wrong: string | undefined;
  given: readonly Value[];
  say(given: Value[] | null): void;
}

export function Field(props: FieldProps) {
  const { type, repeats } = props.item;
  if (type === "boolean") return <YesNo {...props} />;
  if (type === "choice" || type === "open-choice") return <Choices {...props} />;
  if (type === "text" || (type === "string" && repeats)) return <Lines {...props} />;
  if (type === "integer" || type === "decimal" || type === "quantity") return <Measure {...props} />;
  return <Line {...props} />;
}

function YesNo({ item, labelled, wrong, given, say }: FieldProps) {
  return (
    <fieldset class="form-options" aria-labelledby={labelled} aria-describedby={wrong}>
      {[true, false].map((value) => (
        <label key={String(value)} class="form-option">
          <input type="radio" name={item.link_id} checked={given[0] === value} onChange={() => say([value])} />
          {t(value ? "form.yes" : "form.no")}
        </label>
      ))}
    </fieldset>
  );
}

function Choices(props: FieldProps) {
  const { item, labelled, wrong, given, say } = props;
  const own = given.find((value) => typeof value === "string" && !item.options.some((one) => same(one.value, value)));
  const toggle = (option: Item["options"][number], on: boolean) => {
    if (!item.repeats) return say([option.value]);
    const alone = item.options.filter((one) => one.exclusive);
    const rest = given.filter((one) => !same(one, option.value) && !(on && alone.some((two) => same(two.value, one))));
    say(on ? [...(option.exclusive ? [] : rest), option.value] : rest);
  };
  const write = (text: string) => {
    const rest = item.repeats ? given.filter((one) => one !== own) : [];
    say(text.trim() ? [...rest, text] : rest);
  };
  return (
    <fieldset class="form-options" aria-labelledby={labelled} aria-describedby={wrong}>
      {item.options.map((option) => (
        <label key={JSON.stringify(option.value)} class="form-option">
          <input
            type={item.repeats ? "checkbox" : "radio"}
            name={item.link_id}
            checked={given.some((value) => same(value, option.value))}
            onChange={(event) => toggle(option, event.currentTarget.checked)}
          />
          {optionWords(option)}
        </label>
      ))}
      {item.type === "open-choice" && (
        <label class="form-other">
          {t("form.other")}
          <input
            class="ds-input"
            type="text"
            value={typeof own === "string" ? own : ""}
            onInput={(event) => write(event.currentTarget.value)}
          />
        </label>
      )}
    </fieldset>
  );
}

function Lines({ item, labelled, wrong, given, say }: FieldProps) {
  const written = (text: string): Value[] =>
    item.type === "text" ? [text] : text.split("\n").map((one) => one.trim());
  return (
    <>
      {item.repeats && <p class="lead">{t("form.one_each_line")}</p>}
      <textarea
        class="ds-input"
        rows={5}
        aria-labelledby={labelled}
        aria-describedby={wrong}
        aria-invalid={wrong !== undefined}
        defaultValue={given.join("\n")}
        onInput={(event) => say(written(event.currentTarget.value).filter((one) => String(one).trim()))}
      />
    </>
  );
}

function Line({ item, labelled, wrong, given, say }: FieldProps) {
  const shared = {
    class: "ds-input",
    "aria-labelledby": labelled,
    "aria-describedby": wrong,
    "aria-invalid": wrong !== undefined,
    value: String(given[0] ?? ""),
    onInput: (event: { currentTarget: HTMLInputElement }) => {
      const text = event.currentTarget.value;
      say(text.trim() ? [text] : []);
    },
  };
  if (item.type !== "date") return <input type="text" {...shared} />;
  const bound = (one: Item["minimum"]) => (typeof one === "string" ? one : undefined);
  return <input type="date" min={bound(item.minimum)} max={bound(item.maximum)} {...shared} />;
}

/** A number as people type it, with comma or point; null for what is none. */
function read(text: string, whole: boolean): number | null {
  const plain = text.trim().replace(",", ".");
  return (whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(plain) ? Number(plain) : null;
}

function Measure({ item, labelled, wrong, given, say }: FieldProps) {
  const [first] = given;
  const known = typeof first === "object" && first.type === "quantity" ? first : null;
  const [typed, setTyped] = useState(String(known?.value ?? first ?? "").replace(".", ","));
  const [unit, setUnit] = useState(() =>
    Math.max(
      0,
      item.units.findIndex((one) => one.code === known?.code),
    ),
  );
  const tell = (text: string, at: number) => {
    const value = read(text, item.type === "integer");
    if (!text.trim()) return say([]);
    if (value === null) return say(null);
    if (item.type !== "quantity") return say([value]);
    const { system = "", code = "", display = "" } = item.units[at] ?? {};
    return say([{ type: "quantity", value, unit: display, system, code }]);
  };
  return (
    <div class="form-measure">
      <input
        class="ds-input"
        type="text"
        inputMode={item.type === "integer" ? "numeric" : "decimal"}
        autocomplete="off"
        aria-labelledby={labelled}
        aria-describedby={wrong}
        aria-invalid={wrong !== undefined}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value, unit);
        }}
      />
      {item.units.length > 1 ? (
        <select
          class="ds-input"
          aria-label={t("form.unit")}
          value={unit}
          onChange={(event) => {
            setUnit(Number(event.currentTarget.value));
            tell(typed, Number(event.currentTarget.value));
          }}
        >
          {item.units.map((one, at) => (
            <option key={one.code} value={at}>
              {one.display}
            </option>
          ))}
        </select>
      ) : (
        <span>{unitOf(item)}</span>
      )}
    </div>
  );
}
