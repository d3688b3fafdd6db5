/** Finding a person by identity number. The number goes to the server in a body and is kept nowhere on the page. */
import { useState } from "preact/hooks";
import { type Invitee, StaffDialog } from "../agreement/StaffDialog";
import { UnitList } from "../agreement/UnitList";
import { Refusal } from "../base/refusal";
import { locale, t } from "../base/words";
import { NumberField } from "../register/NumberField";
import type { FoundContact, FoundPerson } from "../wire";
import { Dialog, DialogFoot } from "./Dialog";
import { findPersons, findWords } from "./find";
import { KnowDialog, type Whom } from "./KnowDialog";
import { Protected } from "./Protected";
import type { Workplace } from "./workplace";

interface FindProps {
  workplace: Workplace;
  close(): void;
}

export function FindDialog({ workplace, close }: FindProps) {
  const [number, setNumber] = useState("");
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [door, setDoor] = useState<Whom | null>(null);
  const [invitee, setInvitee] = useState<Invitee | "all" | null>(null);
  const search = async () => {
    setFound(null);
    const answer = await findPersons(workplace.connection, number);
    setFound(answer instanceof Refusal ? null : answer);
    setWrong(answer instanceof Refusal ? findWords(answer) : null);
  };
  const open = (id: string) => {
    close();
    workplace.openContact(id);
  };
  const units = workplace.caresAt;
  if (door) return <KnowDialog key="know" whom={door} units={units} workplace={workplace} close={close} />;
  const agreed = { units, connection: workplace.connection, close };
  if (invitee === "all") return <UnitList key="all" {...agreed} open={setInvitee} />;
  if (invitee) return <StaffDialog key="invitee" {...agreed} person={invitee} />;
  return (
    <Dialog title={t("staff.find_title")} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim()) void search();
        }}
      >
        <NumberField value={number} looksUp change={setNumber} />
        <div role="status">
          {wrong && <p class="staff-problem">{wrong}</p>}
          {found?.length === 0 && <p>{t("staff.find_nobody")}</p>}
          {found?.map((person) => (
            <Found
              key={person.person_id}
              person={person}
              open={open}
              agree={units.length > 0 ? () => setInvitee(person) : null}
            />
          ))}
          {found && units.length > 0 && <Beyond found={found} number={number} open={setDoor} />}
        </div>
        {units.length > 0 && (
          <p>
            <button type="button" class="staff-quiet" onClick={() => setInvitee("all")}>
              {t("agreement.staff_list")}
            </button>
          </p>
        )}
        <DialogFoot does={t("staff.find_do")} ready={number.trim() !== ""} close={close} />
      </form>
    </Dialog>
  );
}

interface BeyondProps {
  found: readonly FoundPerson[];
  number: string;
  open(door: Whom): void;
}

/** What others know is not told before a door is opened: it is offered alike whether there is anything or not. */
function Beyond({ found, number, open }: BeyondProps) {
  const [person] = found;
  const whom: Whom = person ? { person_id: person.person_id } : { number: number.trim() };
  return (
    <p>
      <button type="button" class="ds-button" data-variant="secondary" onClick={() => open(whom)}>
        {t("door.know")}
      </button>{" "}
      {!person && <span class="staff-small">{t("door.know_nobody")}</span>}
    </p>
  );
}

interface FoundProps {
  person: FoundPerson;
  open(id: string): void;
  /** To the digital services agreed on with them. */
  agree: (() => void) | null;
}

function Found({ person, open, agree }: FoundProps) {
  return (
    <section class="staff-found" aria-label={person.name}>
      <h3>{person.name}</h3>
      {person.protection && <Protected protection={person.protection} />}
      <p class="staff-small">{[t("staff.age_years", { n: person.age_y }), person.unit].filter(Boolean).join(" · ")}</p>
      {person.contacts.length === 0 ? (
        <p>{t("staff.find_no_contacts")}</p>
      ) : (
        <ul>
          {person.contacts.map((contact) => (
            <li key={contact.contact_id}>
              <button type="button" class="ds-button" data-variant="secondary" onClick={() => open(contact.contact_id)}>
                {contactWords(contact)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {agree && (
        <p>
          <button type="button" class="ds-button" data-variant="secondary" onClick={agree}>
            {t("agreement.staff_open")}
          </button>
        </p>
      )}
    </section>
  );
}

function contactWords({ opened_at, unit, status }: FoundContact): string {
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return [day.format(new Date(opened_at)), unit, t(`staff.find_${status}`)].join(" · ");
}
