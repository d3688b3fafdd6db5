/** The patient's digital services: what one is invited to, what one uses, what is over. Fetched when it is asked for. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { CallLink } from "../patient/Frame";
import { Page, Wrong } from "../patient/Page";
import { Fetching } from "../patient/SignIn";
import { line } from "../patient/session";
import { back } from "../patient/steps";
import { Invitation } from "./Invitation";
import { end, failed, look, type Owned, owned, type Service, told } from "./own";
import { explained, serviceWords } from "./service_words";
import { dayWords } from "./when";
import "./agreement.css";
import "./words";

export function Services() {
  useEffect(() => {
    told.value = "";
    void look();
    return line().onUp(() => void look());
  }, []);
  return (
    <Page name="services" title={t("agreement.title")} lead={t("agreement.lead")} onBack={back}>
      <p role="status" class={told.value ? "agreement-told" : "ds-sr-only"}>
        {told.value}
      </p>
      {failed.value && <Wrong>{t("agreement.failed")}</Wrong>}
      {owned.value === null && !failed.value && <Fetching />}
      {owned.value?.length === 0 && <p>{t("agreement.none")}</p>}
      {owned.value?.map((one) => (
        <Agreement key={one.agreement.agreement_id} one={one} />
      ))}
      <p class="not-seen">
        {t("agreement.not_help")}{" "}
        <CallLink kind="emergency">{t("patient.call", { number: shell.numbers.emergency })}</CallLink>{" "}
        <CallLink kind="advice">{t("patient.call", { number: shell.numbers.advice })}</CallLink>
      </p>
    </Page>
  );
}

function Agreement({ one }: { one: Owned }) {
  const { unit, phone, services, open } = one.agreement;
  const which = (...standings: Service["standing"][]) => services.filter((it) => standings.includes(it.standing));
  const asked = open ? which("invited", "declined") : [];
  const [used, over] = [which("accepted"), which("ended")];
  return (
    <section class="agreement" data-agreement={one.agreement.unit_id}>
      <h2>{one.name ? t("agreement.of_person", { unit, name: one.name }) : unit}</h2>
      {asked.length > 0 && <Invitation key={asked.map((it) => it.function).join()} one={one} asked={asked} />}
      {!open && which("invited").length > 0 && <p>{t("agreement.passed")}</p>}
      {used.length > 0 && (
        <Part title={t("agreement.accepted")}>
          {used.map((it) => (
            <Used key={it.function} one={one} service={it} />
          ))}
        </Part>
      )}
      {over.length > 0 && (
        <Part title={t("agreement.over")}>
          {over.map((it) => (
            <li key={it.function}>
              <strong>{serviceWords(it.function)}</strong>
              <span>
                {t(it.by_staff ? "agreement.ended_by_staff" : "agreement.ended_by_patient", {
                  day: dayWords(it.since),
                })}
              </span>
            </li>
          ))}
        </Part>
      )}
      {phone && (
        <p>
          <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{t("agreement.call_unit", { phone })}</a>
        </p>
      )}
    </section>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <h3>{title}</h3>
      <ul class="agreement-services">{children}</ul>
    </>
  );
}

function Used({ one, service }: { one: Owned; service: Service }) {
  const wrong = useSignal<string | null>(null);
  const name = serviceWords(service.function);
  const stop = async () => {
    wrong.value = await end(one, service.function);
  };
  return (
    <li data-service={service.function}>
      <strong>{name}</strong>
      <span>{explained(service.function)}</span>
      {service.begins_on && <span>{t("agreement.begins", { day: dayWords(service.begins_on) })}</span>}
      {wrong.value && <Wrong>{wrong.value}</Wrong>}
      <AskOnce
        does={t("agreement.stop")}
        really={t("agreement.stop_really")}
        label={(does) => t("agreement.stop_label", { does, service: name })}
        act={() => void stop()}
      />
    </li>
  );
}
