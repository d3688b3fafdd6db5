/** Age and sex of the person it is about. */
import { useSignal } from "@preact/signals";
import { t } from "../base/words";
import { type AgeUnit, age, forPerson, type Sex, type Subject, sex, subject } from "./draft";
import { MainButton, NotSeen, Page, Wrong } from "./Page";
import { me } from "./session";
import { back, go } from "./steps";
import { candidates, isOpen, Whose } from "./Whose";

const OLDEST: Record<AgeUnit, number> = { years: 120, months: 35 };
const SEXES: readonly Sex[] = ["f", "m"];

export function Person() {
  const who = subject.value ?? "self";
  const wrong = useSignal(false);
  const next = () => {
    wrong.value = isOpen(who) || !validAge() || sex.value === null;
    if (!wrong.value) go("words");
  };
  const self = who === "self";
  const named = candidates(who).length > 0;
  const known = forPerson.value !== null;
  const title = self
    ? t("patient.person_self", { name: firstName() })
    : t(named ? `patient.which_${who}_title` : `patient.person_${who}`);
  return (
    <Page
      name="person"
      step={1}
      title={title}
      lead={self ? t("patient.person_self_lead") : undefined}
      action={<MainButton onClick={next}>{t("patient.next")}</MainButton>}
      onBack={back}
    >
      <Whose who={who} invalid={wrong.value && isOpen(who)} />
      {!known && !isOpen(who) && <AgeField who={who} invalid={wrong.value && !validAge()} />}
      {(sex.value === null || !known) && !isOpen(who) && <SexField who={who} />}
      {wrong.value && <Wrong>{t(isOpen(who) ? "patient.which_needed" : "patient.age_and_sex_needed")}</Wrong>}
      <NotSeen />
    </Page>
  );
}

const firstName = () => me.value?.name.split(" ")[0] ?? "";

function AgeField({ who, invalid }: { who: Subject; invalid: boolean }) {
  const unit = age.value?.unit ?? "years";
  return (
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
          aria-invalid={invalid}
          value={age.value && Number.isFinite(age.value.value) ? age.value.value : ""}
          onInput={(event) => setAge(event.currentTarget.valueAsNumber, unit)}
        />
        {who === "child" ? <UnitChoice unit={unit} /> : <span>{t("patient.years")}</span>}
      </div>
      {who === "child" && <p class="hint">{t("patient.months_hint")}</p>}
    </fieldset>
  );
}

function SexField({ who }: { who: Subject }) {
  const choose = (one: Sex) => {
    sex.value = one;
  };
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t("patient.sex")}</legend>
      <div class="segments">
        {SEXES.map((one) => (
          <Segment key={one} name="sex" chosen={sex.value === one} onChoose={() => choose(one)}>
            {t(who === "child" ? `patient.sex_child_${one}` : `patient.sex_${one}`)}
          </Segment>
        ))}
      </div>
    </fieldset>
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
