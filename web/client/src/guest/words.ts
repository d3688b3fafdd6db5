/** The words of the guest's page. A guest has no chat: where the visit's own words speak of it, others stand in. */
import { register } from "../base/words";
import guestEn from "../words/guest.en.json";
import guestNb from "../words/guest.nb.json";
import guestSv from "../words/guest.sv.json";
import insteadEn from "../words/guest_visit.en.json";
import insteadNb from "../words/guest_visit.nb.json";
import insteadSv from "../words/guest_visit.sv.json";
import visitEn from "../words/visit.en.json";
import visitNb from "../words/visit.nb.json";
import visitSv from "../words/visit.sv.json";
import "../visit/words";

declare module "../base/words" {
  interface Catalogues {
    guest: typeof guestSv;
  }
}

register("guest", { sv: guestSv, nb: guestNb, en: guestEn });
register("visit", {
  sv: { ...visitSv, ...insteadSv },
  nb: { ...visitNb, ...insteadNb },
  en: { ...visitEn, ...insteadEn },
});
