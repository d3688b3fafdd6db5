/** One person at the door or in the visit, as staff see them: who, since when, how known, and what may be done. */
import { useState } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import { clock } from "../base/clock";
import { t } from "../base/words";
import "../pretest/words";
import type { VisitMember } from "../wire";
import { called, calledWithRole } from "./called";
import { companyWords } from "./company_words";
import { IDENTITIES, type Identity, type Move } from "./door";
import type { Visit } from "./visit";

interface MemberProps {
  visit: Visit;
  member: VisitMember;
  /** Does it, and says so where it did not go. */
  act(does: Promise<void>): Promise<void>;
}

export function RoomMember({ visit, member, act }: MemberProps) {
  return (
    <div class="room-member" data-place={member.place}>
      <p class="room-who">
        <strong>{calledWithRole(member)}</strong>, {placeWords(member)}
      </p>
      {(member.place === "lobby" || (member.company ?? []).length > 0) && (
        <p class="room-facts">{saidCompany(member)}</p>
      )}
      {member.tested && <p class="room-facts">{t(`pretest.of_${member.tested}`)}</p>}
      <IdentityChoice visit={visit} member={member} act={act} />
      <div class="room-actions">
        {member.place === "lobby" && <LetIn visit={visit} member={member} act={act} />}
        {member.place === "in" && <MoveButton move="set_aside" visit={visit} member={member} act={act} />}
        {member.place === "aside" && <MoveButton move="bring_back" visit={visit} member={member} act={act} />}
        {member.place !== "lobby" && <MoveButton move="send_back" visit={visit} member={member} act={act} />}
        <MoveButton move="remove" visit={visit} member={member} act={act} />
      </div>
    </div>
  );
}

function placeWords({ place, since }: VisitMember): string {
  if (place === "in" || !since) return t(`visit.place_${place}`);
  return t(place === "aside" ? "room.aside_since" : "room.since", { time: clock(since) });
}

function saidCompany({ company }: VisitMember): string {
  return company?.length ? t("room.company_of", { who: companyWords(company) }) : t("room.company_unsaid");
}

function LetIn({ visit, member, act }: MemberProps) {
  const [busy, setBusy] = useState(false);
  const admit = async () => {
    setBusy(true);
    await act(visit.admit(member.participant));
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="ds-button"
      aria-busy={busy}
      aria-description={calledWithRole(member)}
      onClick={() => void admit()}
    >
      {t("visit.let_in")}
    </button>
  );
}

function MoveButton({ visit, member, act, move }: MemberProps & { move: Move }) {
  return (
    <AskOnce
      does={t(`room.${move}`)}
      really={move === "remove" ? t("room.remove_really") : null}
      label={(does) => t("room.move_of", { does, name: called(member) })}
      act={() => void act(visit.door.move(move, member.participant))}
    />
  );
}

function IdentityChoice({ visit, member, act }: MemberProps) {
  const chosen = member.identity ?? "";
  return (
    <label class="room-identity" data-open={chosen === ""}>
      {t("room.identity", { name: called(member) })}
      <select
        class="ds-input"
        value={chosen}
        onChange={(event) => void act(visit.door.identify(member.participant, event.currentTarget.value as Identity))}
      >
        <option value="" disabled>
          {t("room.identity_none")}
        </option>
        {IDENTITIES.map((one) => (
          <option key={one} value={one}>
            {t(`room.identity_${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
