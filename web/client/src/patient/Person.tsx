/** Age and sex of the person it is about. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import { type AgeUnit, age, type Sex, sex, subject } from "./draft";
import { NotSeen, Page } from "./Frame";
import { me } from "./session";
import { back, go } from "./steps";

const OLDEST: Record<AgeUnit, number> = { years: 120, months: 35 };
const SEXES: readonly Sex[] = ["f", "m"];

export function Person() {
  const who = subject.value ?? "self";
  const wrong = useSignal(false);
  const unit = age.value?.unit ?? "years";
  const next = () => {
    wrong.value = !validAge();
    if (!wrong.value && sex.value) go("words");
    else wrong.value = true;
  };
  const action = (
    <button type="button" class="ds-button" data-fullwidth="" onClick={next}>
      {t("patient.next")}
    </button>
  );
  const title =
    who === "self"
      ? t("patient.person_self", { name: me.value?.name.split(" ")[0] ?? "" })
      : t(`patient.person_${who}`);
  return (
    <Page
      name="person"
      title={title}
      lead={who === "self" ? t("patient.person_self_lead") : undefined}
      action={action}
      onBack={back}
    >
      <fieldset class="plain">
        <legend class="ds-label">{t("patient.age")}</legend>
        <div class="age">
          <input
            class="ds-input"
            type="number"
            inputMode="numeric"
            min={0}
            max={OLDEST[unit]}
            aria-label={t("patient.age")}
            aria-invalid={wrong.value && !validAge()}
            value={age.value && Number.isFinite(age.value.value) ? age.value.value : ""}
            onInput={(event) => setAge(event.currentTarget.valueAsNumber, unit)}
          />
          {who === "child" ? <UnitChoice unit={unit} /> : <span>{t("patient.years")}</span>}
        </div>
        {who === "child" && <p class="hint">{t("patient.months_hint")}</p>}
      </fieldset>
      <fieldset class="plain">
        <legend class="ds-label">{t("patient.sex")}</legend>
        <div class="segments">
          {SEXES.map((one) => (
            <Segment
              key={one}
              name="sex"
              chosen={sex.value === one}
              onChoose={() => {
                sex.value = one;
              }}
            >
              {t(who === "child" ? `patient.sex_child_${one}` : `patient.sex_${one}`)}
            </Segment>
          ))}
        </div>
      </fieldset>
      {wrong.value && (
        <p role="alert" class="refused">
          {t("patient.age_and_sex_needed")}
        </p>
      )}
      <NotSeen />
    </Page>
  );
}

function UnitChoice({ unit }: { unit: AgeUnit }) {
  return (
    <div class="segments">
      {(["years", "months"] as const).map((one) => (
        <Segment
          key={one}
          name="unit"
          chosen={unit === one}
          onChoose={() => setAge(age.value?.value ?? Number.NaN, one)}
        >
          {t(`patient.${one}`)}
        </Segment>
      ))}
    </div>
  );
}

interface SegmentProps {
  name: string;
  chosen: boolean;
  onChoose: () => void;
  children: string;
}

/** One of a few alternatives side by side: a radio button that looks like a button. */
function Segment({ name, chosen, onChoose, children }: SegmentProps) {
  return (
    <label class="segment">
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}

function setAge(value: number, unit: AgeUnit): void {
  age.value = { value, unit };
}

function validAge(): boolean {
  const given = age.value;
  return given !== null && Number.isInteger(given.value) && given.value >= 0 && given.value <= OLDEST[given.unit];
}
