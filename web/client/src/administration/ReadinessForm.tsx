/** What a unit has done to be ready: contact persons, who is trained, and the days of what was tried and signed. */
import { t } from "../base/words";
import type { DirectoryShown, ReadinessSheet } from "../wire";
import { Check, Field, Group } from "./fields";
import { READY_DAYS } from "./function_lines";
import { nameWords } from "./subjects";

interface FormProps {
  value: ReadinessSheet;
  unit_id: string;
  list: DirectoryShown;
  change(value: ReadinessSheet): void;
}

export function ReadinessForm({ value, unit_id, list, change }: FormProps) {
  const staff = list.staff.filter((one) => one.employed && one.roles.some((held) => held.unit_id === unit_id));
  const contacts = value.contact_persons ?? [];
  const trained = value.trained ?? {};
  const choose = (staff_id: string, is: boolean) => {
    const others = contacts.filter((one) => one !== staff_id);
    change({ ...value, contact_persons: is ? [...others, staff_id] : others });
  };
  const train = (staff_id: string, day: string) => {
    const { [staff_id]: _, ...others } = trained;
    change({ ...value, trained: day ? { ...others, [staff_id]: day } : others });
  };
  return (
    <>
      {READY_DAYS.map((one) => (
        <Field
          key={one}
          label={t(`administration.${one}`)}
          type="date"
          value={value[one] ?? ""}
          change={(day) => change({ ...value, [one]: day || null })}
        />
      ))}
      {staff.map(({ staff_id, name }) => (
        <Group key={staff_id} legend={nameWords(name)}>
          <Check
            label={t("administration.is_contact_person", { name: nameWords(name) })}
            value={contacts.includes(staff_id)}
            change={(is) => choose(staff_id, is)}
          />
          <Field
            label={t("administration.trained_on", { name: nameWords(name) })}
            type="date"
            value={trained[staff_id] ?? ""}
            change={(day) => train(staff_id, day)}
          />
        </Group>
      ))}
    </>
  );
}
