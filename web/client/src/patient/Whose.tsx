/** Which of those one represents it is about. A child the register knows is chosen by name: the contact is theirs. */
import { t } from "../base/words";
import type { RepresentedPerson } from "../wire";
import { ADULT_Y, chooseRepresented, chooseSubject, forPerson, type Subject } from "./draft";
import { me } from "./session";

/** Those one represents who are a child, or who are another adult. */
export function candidates(who: Subject): readonly RepresentedPerson[] {
  const represented = me.value?.represents ?? [];
  if (who === "self") return [];
  return represented.filter((one) => (who === "child" ? one.age_y < ADULT_Y : one.age_y >= ADULT_Y));
}

/** True when somebody must be chosen by name and nobody is. */
export const isOpen = (who: Subject): boolean =>
  who === "child" && candidates(who).length > 0 && forPerson.value === null;

export function Whose({ who, invalid }: { who: Subject; invalid: boolean }) {
  const named = candidates(who);
  if (who === "self" || named.length === 0) return null;
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t(`patient.which_${who}`)}</legend>
      <div class="segments" aria-invalid={invalid}>
        {named.map((person) => (
          <Choice
            key={person.person_id}
            chosen={forPerson.value === person.person_id}
            choose={() => chooseRepresented(person)}
          >
            {person.name}
          </Choice>
        ))}
        {who === "other" && (
          <Choice chosen={forPerson.value === null} choose={() => chooseSubject("other", null)}>
            {t("patient.which_nobody")}
          </Choice>
        )}
      </div>
    </fieldset>
  );
}

function Choice({ chosen, choose, children }: { chosen: boolean; choose(): void; children: string }) {
  return (
    <label class="segment">
      <input type="radio" name="whose" checked={chosen} onChange={choose} />
      <span>{children}</span>
    </label>
  );
}
