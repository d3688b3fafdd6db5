/** Captions on the screen: the question to who is not asked yet, what is said, and the choice behind the bar's button. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../base/words";
import { called } from "../visit/called";
import type { Visit } from "../visit/visit";
import type { VisitMember } from "../wire";
import { canHear } from "./voice";
import "./words";
import "./captions.css";

const isInterpreter = (one: VisitMember | undefined): boolean => one?.role === "interpreter";

/** Whether one is asked and has not answered: an interpreter is not, and who cannot be heard neither. */
const isOpen = ({ captions }: Visit): boolean =>
  captions.asked.value && captions.own.value?.captions == null && !isInterpreter(captions.own.value) && canHear();

/** A step that may fail: says so, and is not taken twice at once. */
function useStep(): { failed: boolean; go(step: () => Promise<void>): void } {
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);
  const go = (step: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    void step()
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .finally(() => {
        busy.current = false;
      });
  };
  return { failed, go };
}

export function CaptionsQuestion({ visit }: { visit: Visit }) {
  const { failed, go } = useStep();
  if (!isOpen(visit)) return null;
  return (
    <section class="captions-question" aria-labelledby="captions-question">
      <div role="alert">
        <h2 id="captions-question" class="ds-heading" data-size="2xs">
          {t("captions.question")}
        </h2>
      </div>
      <p>{t("captions.why")}</p>
      {failed && <p role="alert">{t("captions.did_not_go")}</p>}
      <div class="captions-actions">
        <button type="button" class="ds-button" onClick={() => go(() => visit.captions.answer(true))}>
          {t("captions.yes")}
        </button>
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          onClick={() => go(() => visit.captions.answer(false))}
        >
          {t("captions.no")}
        </button>
      </div>
    </section>
  );
}

/** What is said, the newest in view; one may read back. */
export function CaptionLines({ visit }: { visit: Visit }) {
  const { asked, lines, away } = visit.captions;
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  });
  if (!asked.value) return null;
  const names = new Map(visit.members.value.map((one) => [one.participant, called(one)]));
  const title = t("captions.title");
  const scrolled = () => {
    const now = box.current;
    if (now) follows.current = now.scrollHeight - now.scrollTop - now.clientHeight < 24;
  };
  return (
    <div class="captions">
      {/* biome-ignore lint/a11y/useSemanticElements: no fields are grouped */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div role="group" ref={box} class="captions-lines" aria-label={title} tabIndex={0} onScroll={scrolled}>
        {lines.value.length === 0 && <p>{t("captions.waits")}</p>}
        {lines.value.map((line, at) => (
          <p key={at} data-final={line.final}>
            <strong>{names.get(line.sender)}:</strong> {line.text}
          </p>
        ))}
      </div>
      <p class="captions-note">
        {away.value && <strong role="status">{t("captions.away")} </strong>}
        {t("captions.may_be_wrong")} {withoutWords(visit)}
      </p>
    </div>
  );
}

/** Of whom nothing can be read: silence there says nothing. */
function withoutWords(visit: Visit): string {
  const names = visit.others
    .filter((one) => one.place === "in" && (one.captions !== true || isInterpreter(one)))
    .map(called);
  return names.length > 0 ? t("captions.without", { names: names.join(", ") }) : "";
}

/** Behind the bar's button: what captions are, and one's own choice. */
export function CaptionsPanel({ visit }: { visit: Visit }) {
  const { captions } = visit;
  const { failed, go } = useStep();
  return (
    <section class="visit-check" aria-label={t("captions.title")}>
      <p>{t("captions.what")}</p>
      <p>{t("captions.may_be_wrong")}</p>
      <Own visit={visit} />
      {!captions.asked.value ? (
        <PanelButton word={t("captions.ask")} press={() => go(() => captions.ask())} />
      ) : (
        canHear() && !isInterpreter(captions.own.value) && <Change visit={visit} go={go} />
      )}
      {failed && <p role="alert">{t("captions.did_not_go")}</p>}
    </section>
  );
}

function Own({ visit }: { visit: Visit }) {
  const { asked, own } = visit.captions;
  if (isInterpreter(own.value)) return <p>{t("captions.interpreter")}</p>;
  if (!canHear()) return <p>{t("captions.cannot")}</p>;
  if (!asked.value) return null;
  return <p role="status">{t(own.value?.captions ? "captions.own_on" : "captions.own_off")}</p>;
}

function Change({ visit, go }: { visit: Visit; go(step: () => Promise<void>): void }) {
  const on = visit.captions.own.value?.captions === true;
  return (
    <PanelButton word={t(on ? "captions.stop" : "captions.start")} press={() => go(() => visit.captions.answer(!on))} />
  );
}

function PanelButton({ word, press }: { word: string; press(): void }) {
  return (
    <button type="button" class="ds-button captions-choice" data-variant="secondary" onClick={press}>
      {word}
    </button>
  );
}
