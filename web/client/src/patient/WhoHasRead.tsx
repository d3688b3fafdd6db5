/** Who has read what concerns the patient, or somebody they stand for, and who has written in it: asked for, newest first, a page at a time. */
import { useSignal } from "@preact/signals";
import { hasWords, locale, t } from "../base/words";
import type { Look } from "../wire";
import { AskButton } from "./AskButton";
import { line } from "./session";
import "./looks.css";

interface Told {
  looks: readonly Look[];
  next: string;
}

export interface WhoHasReadProps {
  /** Somebody the patient stands for; empty: themselves. */
  for_person?: string;
}

export function WhoHasRead({ for_person = "" }: WhoHasReadProps) {
  const told = useSignal<Told | null>(null);
  const more = async () => {
    const page = await line().call("looks:list", { for_person, page: told.value?.next ?? "" });
    told.value = { looks: [...(told.value?.looks ?? []), ...page.looks], next: page.next };
  };
  const shown = told.value;
  return (
    <section class="looks" aria-labelledby="looks-title">
      <h3 id="looks-title">{t("patient.looks_title")}</h3>
      {shown && <Rows looks={shown.looks} other={for_person !== ""} />}
      {(shown === null || shown.next) && (
        <AskButton ask={more} label={t(shown === null ? "patient.looks_show" : "patient.looks_more")} />
      )}
    </section>
  );
}

function Rows({ looks, other }: { looks: readonly Look[]; other: boolean }) {
  return (
    <div role="status">
      <p>{t("patient.looks_lead")}</p>
      {looks.length === 0 && <p>{t("patient.looks_none")}</p>}
      <ul>
        {looks.map((look) => (
          <li key={`${look.at}${look.does}${look.contact_id}`}>
            <time dateTime={look.at}>{moment(look.at)}</time>
            <span>
              {t(look.does === "change" ? "patient.looks_wrote" : "patient.looks_read", { who: whoOf(look, other) })}
            </span>
            <span class="looks-why">{t(`patient.looks_for_${look.purpose}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function whoOf(look: Look, other: boolean): string {
  if (look.who !== "staff") return t(other ? `patient.looks_${look.who}_other` : `patient.looks_${look.who}`);
  const key = `patient.role_${look.role}`;
  const role = hasWords(key) ? t(key) : t("patient.looks_staff");
  const provider = look.provider ? `${look.unit}, ${look.provider}` : look.unit;
  return look.unit ? t("patient.looks_role_at", { role, unit: provider }) : role;
}

const moment = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
