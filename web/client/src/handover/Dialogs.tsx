/** The dialogs of handing over, by their names at the workplace. */
import type { OpenContact } from "../staff/contact";
import type { DialogName, Workplace } from "../staff/workplace";
import { AskCaseDialog } from "./AskCaseDialog";
import { HandOverDialog } from "./HandOverDialog";

export interface HandOverDialogsProps {
  name: DialogName | null;
  contact: OpenContact;
  workplace: Workplace;
  close(): void;
}

export function HandOverDialogs({ name, contact, workplace, close }: HandOverDialogsProps) {
  const { handOvers } = workplace;
  if (name === "ask_case") return <AskCaseDialog contact={contact} handOvers={handOvers} close={close} />;
  if (name !== "hand_over") return null;
  return <HandOverDialog contact={contact} handOvers={handOvers} unit_id={workplace.unitOf(contact)} close={close} />;
}
