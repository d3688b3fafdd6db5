/** Whom to invite to the visit: a name, as what, an interpreter's language, and where link and code are sent, if anywhere. */
import { useState } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import { languageChoices } from "../visit/languages";
import type { GuestSecrets, InviteGuest } from "../wire";
import { DialogFoot } from "./Dialog";
import { refusalWords } from "./refusal_words";

const ROLES = ["interpreter", "relative", "consultant"] as const;
const NAME_LIMIT = 80;
/** Whether this deployment has anything to send with. */
const SENDS = shell.notice_channels.some((channel) => channel === "sms" || channel === "email");
const ADDRESS_LIMIT = 254;

type Asked = Omit<InviteGuest, "contact_id" | "client_id" | "visit_id">;

/** An invitation that has just been made, with what was asked for. */
export interface Made extends GuestSecrets {
  name: string;
  asked: Asked;
}

interface GuestFormProps {
  invite(asked: Asked): Promise<GuestSecrets | Refusal>;
  made(made: Made): void;
  close(): void;
}

export function GuestForm({ invite, made, close }: GuestFormProps) {
  const [asked, setAsked] = useState<Asked>({ name: "", role: "interpreter", lang: "", link_to: "", code_to: "" });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (more: Partial<Asked>) => setAsked({ ...asked, ...more });
  const ready = asked.name.trim() !== "" && (asked.role !== "interpreter" || asked.lang !== "");
  const submit = async () => {
    setBusy(true);
    const full = { ...asked, lang: asked.role === "interpreter" ? asked.lang : "", told_in: lang.value };
    const answer = await invite(full);
    setBusy(false);
    if (answer instanceof Refusal) setRefusal(answer);
    else made({ ...answer, name: asked.name, asked: full });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void submit();
      }}
    >
      <Line label={t("guests.name")} value={asked.name} limit={NAME_LIMIT} change={(name) => change({ name })} />
      <label class="staff-field">
        {t("guests.role")}
        <select
          class="ds-input"
          value={asked.role}
          onChange={(event) => change({ role: event.currentTarget.value as Asked["role"] })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`visit.role_${role}`)}
            </option>
          ))}
        </select>
      </label>
      {asked.role === "interpreter" && (
        <Interprets value={asked.lang ?? ""} choose={(code) => change({ lang: code })} />
      )}
      {SENDS && <Send asked={asked} change={change} />}
      {refusal && (
        <p role="alert" class="staff-problem">
          {whyNot(refusal)}
        </p>
      )}
      <DialogFoot does={t("guests.do")} ready={ready} busy={busy} leaves={t("staff.done")} close={close} />
    </form>
  );
}

interface SendProps {
  asked: Asked;
  change(more: Partial<Asked>): void;
}

/** Folded: most often link and code are passed on by the clinician. */
function Send({ asked, change }: SendProps) {
  return (
    <details class="guests-send">
      <summary>{t("guests.send")}</summary>
      <Line
        label={t("guests.link_to")}
        value={asked.link_to ?? ""}
        limit={ADDRESS_LIMIT}
        change={(link_to) => change({ link_to })}
      />
      <Line
        label={t("guests.code_to")}
        value={asked.code_to ?? ""}
        limit={ADDRESS_LIMIT}
        change={(code_to) => change({ code_to })}
      />
      <p class="staff-small">{t("guests.send_hint")}</p>
    </details>
  );
}

function whyNot({ code, data }: Refusal): string {
  if (code === "wrong_state" && data.state === "protected") return t("guests.not_protected");
  if (code === "too_many") return t("guests.not_room");
  if (code === "bad_request") return t("guests.not_address");
  return code === "not_connected" ? t("guests.not_in") : refusalWords(code);
}

function Interprets({ value, choose }: { value: string; choose(code: string): void }) {
  return (
    <label class="staff-field">
      {t("guests.lang")}
      <select class="ds-input" required value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="" />
        {languageChoices().map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LineProps {
  label: string;
  value: string;
  limit: number;
  change(value: string): void;
}

function Line({ label, value, limit, change }: LineProps) {
  return (
    <label class="staff-field">
      {label}
      <input
        class="ds-input"
        maxLength={limit}
        autocomplete="off"
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </label>
  );
}
