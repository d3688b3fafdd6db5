/** The text of a safety net: begun with the assessment's own, with what was sent before, or with a template, then edited. */
import { useEffect } from "preact/hooks";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { TextField } from "../staff/Dialog";
import { readingOf } from "../staff/reading";
import { filled } from "../staff/slash";
import { netOf } from "./net";
import "./words";

const LIMIT = 8_000;

export interface AdviceTextProps {
  contact: OpenContact;
  value: string;
  change(value: string): void;
}

interface Beginning {
  key: string;
  title: string;
  text: string;
}

/** What the dialog begins with: what was sent last, else the assessment's own. */
export function firstText(contact: OpenContact): string {
  const entries = contact.entries.value;
  return netOf(entries)?.body.text ?? readingOf(entries).assessed?.safety_net ?? "";
}

export function AdviceText({ contact, value, change }: AdviceTextProps) {
  useEffect(() => {
    if (contact.templates.list.value === null) void contact.templates.load();
  }, [contact]);
  const beginnings = beginningsOf(contact);
  const chosen = beginnings.find(({ text }) => text === value)?.key ?? "";
  return (
    <>
      <label class="staff-field">
        {t("advice.begin_with")}
        <select
          name="beginning"
          class="ds-input"
          value={chosen}
          onChange={(event) => change(beginnings.find(({ key }) => key === event.currentTarget.value)?.text ?? value)}
        >
          {chosen === "" && <option value="">…</option>}
          {beginnings.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <TextField label={t("advice.text")} value={value} rows={5} limit={LIMIT} change={change} />
    </>
  );
}

function beginningsOf(contact: OpenContact): Beginning[] {
  const entries = contact.entries.value;
  const rule = readingOf(entries).assessed?.safety_net ?? "";
  const sent = netOf(entries)?.body.text ?? "";
  const list = contact.templates.list.value;
  const spoken = contact.summary.value?.lang ?? "";
  const templates = (list?.templates ?? []).filter((one) => one.lang === spoken);
  return [
    ...(sent ? [{ key: "sent", title: t("advice.as_given"), text: sent }] : []),
    ...(rule ? [{ key: "rule", title: t("advice.of_rule"), text: rule }] : []),
    ...templates.map((one) => ({
      key: one.template_id,
      title: one.title,
      text: list ? filled(one.text, list.fills) : one.text,
    })),
    { key: "empty", title: t("advice.empty"), text: "" },
  ];
}
