/** "This is how we understood you": the patient strikes, confirms and adds. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import type { Chip } from "../wire";
import { correction, type Said, type Say } from "./chips";
import type { Contact } from "./contact";
import { grouped } from "./entries";
import { MainButton, NotSeen, Page } from "./Page";
import { Fetching } from "./SignIn";

/** While the first reading is on its way. */
export function ReadingNow() {
  return (
    <Page name="reading" title={t("patient.reading_title")} lead={t("patient.reading_lead")}>
      <Fetching />
    </Page>
  );
}

export function Reading({ contact }: { contact: Contact }) {
  const chips = contact.understood.value?.chips ?? [];
  const plain = contact.understood.value?.plain ?? [];
  const said = useSignal<Said>({});
  const more = useSignal("");
  const groups = grouped(chips);
  const goOn = () => {
    const { struck, added } = correction(chips, said.value);
    if (more.value.trim()) contact.write(more.value.trim());
    contact.correct(struck, added);
  };
  const action = <MainButton onClick={goOn}>{t("patient.reading_right")}</MainButton>;
  const row = (chip: Chip) => (
    <ChipRow
      key={chip.concept}
      chip={chip}
      say={said.value[chip.concept]}
      onSay={(say) => {
        said.value = { ...said.value, [chip.concept]: say };
      }}
    />
  );
  return (
    <Page
      name="chips"
      step={3}
      title={t("patient.understood_title")}
      lead={t("patient.understood_lead")}
      action={action}
    >
      {plain.length > 0 && (
        <ul class="plain-lines">
          {plain.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {groups.has.length > 0 && <Group title={t("patient.chips_has")}>{groups.has.map(row)}</Group>}
      {groups.unsure.length > 0 && <Group title={t("patient.chips_unsure")}>{groups.unsure.map(row)}</Group>}
      {groups.has_not.length > 0 && <Group title={t("patient.chips_has_not")}>{groups.has_not.map(row)}</Group>}
      <div class="ds-field">
        <label class="ds-label" for="more-words">
          {t("patient.more_words")}
        </label>
        <textarea
          id="more-words"
          class="ds-input"
          rows={2}
          maxLength={8000}
          value={more.value}
          onInput={(event) => {
            more.value = event.currentTarget.value;
          }}
        />
      </div>
      {more.value.trim() !== "" && <NotSeen />}
    </Page>
  );
}

function Group({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section class="chip-group">
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

const NOW: Record<Chip["state"], Say | undefined> = { has: "yes", has_not: "no", unsure: undefined };

function ChipRow({ chip, say, onSay }: { chip: Chip; say: Say | undefined; onSay: (say: Say) => void }) {
  const now = say ?? NOW[chip.state];
  return (
    <li class="chip-row" data-concept={chip.concept} data-now={now ?? "unsure"}>
      <span class="chip-label">{chip.label}</span>
      <fieldset class="segments segments-small" aria-label={chip.label}>
        {(["yes", "no"] as const).map((one) => (
          <button
            type="button"
            key={one}
            class="segment-button"
            data-say={one}
            aria-pressed={now === one}
            onClick={() => onSay(one)}
          >
            <Mark say={one} />
            {t(one === "yes" ? "patient.have" : "patient.have_not")}
          </button>
        ))}
      </fieldset>
    </li>
  );
}

function Mark({ say }: { say: Say }) {
  const path = say === "yes" ? "M3 8.5l3.5 3.5L13 5" : "M4 4l8 8M12 4l-8 8";
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
