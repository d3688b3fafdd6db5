/** In the open contact: that a line is lost, one's own or its holder's, and when the contact goes back to the queue. */
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { type Leases, leftWords } from "./lease";
import "./words";

export interface LeaseLeftProps {
  contact: OpenContact;
  leases: Leases;
}

export function LeaseLeft({ contact, leases }: LeaseLeftProps) {
  const words = contact.isMine ? mineWords(leases.mine) : theirsWords(leases.left(contact.id));
  if (!words) return null;
  // Counted by the eye: read aloud once a second it would keep everything else from being heard.
  return (
    <p class="handover-standing" role="timer" aria-live="off">
      {words}
    </p>
  );
}

function mineWords(left: number | null): string | null {
  if (left === null) return null;
  return left === 0 ? t("lease.over") : t("lease.mine", { left: leftWords(left) });
}

const theirsWords = (left: number | null) => (left === null ? null : t("lease.theirs", { left: leftWords(left) }));
