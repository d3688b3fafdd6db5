/** A look in one row: when, who, what, where, and what is notable. It names nobody it concerned. */
import { t } from "../base/words";
import { momentWords } from "../desk/moments";
import type { AuditedLook } from "../wire";
import { basisWords, didWords, stratumWords, whoWords } from "./words_of";

const STRONG = ["refused", "emergency", "self", "colleague", "protected", "surname"];

export function LookRow({ look, show }: { look: AuditedLook; show(look_id: string): void }) {
  return (
    <div class="audit-look">
      <div>
        <p>
          <time dateTime={look.at}>{momentWords(look.at)}</time> · <strong>{whoWords(look)}</strong>{" "}
          {didWords(look.action)}
        </p>
        <p class="staff-small">
          {[look.unit, look.provider, look.of_person && t("audit.person")].filter(Boolean).join(" · ")}
        </p>
        <Tags look={look} />
      </div>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-label={t("audit.show_of", { at: momentWords(look.at) })}
        onClick={() => show(look.look_id)}
      >
        {t("audit.show")}
      </button>
    </div>
  );
}

export function Tags({ look }: { look: AuditedLook }) {
  const marks = [...new Set([...(look.outcome === "refused" ? ["refused"] : []), look.stratum, ...look.ties])];
  const shown = marks.filter((one) => one !== "other" && one !== "door");
  return (
    <p class="audit-tags">
      {look.basis && <span class="audit-tag">{basisWords(look.basis)}</span>}
      {shown.map((one) => (
        <span key={one} class="audit-tag" data-strong={STRONG.includes(one)}>
          {stratumWords(one)}
        </span>
      ))}
    </p>
  );
}
