/** Life may be in danger: one big number to call, what to do until help comes, and a nurse who stays. */
import type { ComponentChildren } from "preact";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { Danger } from "./danger";
import { CallLink } from "./Frame";
import { Phone } from "./icons";
import { useFocusedHeading } from "./Page";
import "./emergency.css";

const STEPS = [1, 2, 3, 4] as const;

export function Emergency({ danger, children }: { danger: Danger; children: ComponentChildren }) {
  const heading = useFocusedHeading(danger);
  const number = shell.numbers.emergency;
  return (
    <section class="emergency" data-screen="emergency" aria-labelledby="emergency-title">
      <div class="emergency-inner">
        <h1 id="emergency-title" class="ds-heading" data-size="lg" tabIndex={-1} ref={heading}>
          {t("patient.emergency_title", { number })}
        </h1>
        <p class="emergency-why">{t(`patient.emergency_why_${danger}`)}</p>
        <CallLink kind="emergency" class="emergency-call">
          <Phone />
          {t("patient.call", { number })}
        </CallLink>
        <h2>{t("patient.until_help")}</h2>
        <ol class="emergency-steps">
          {STEPS.map((step) => (
            <li key={step}>{t(`patient.emergency_${danger}_${step}`, { number })}</li>
          ))}
        </ol>
        {children}
      </div>
    </section>
  );
}
