/** The words of the workplace, in three languages. */
import { register } from "../base/words";
import en from "../words/staff.en.json";
import nb from "../words/staff.nb.json";
import sv from "../words/staff.sv.json";

declare module "../base/words" {
  interface Catalogues {
    staff: typeof sv;
  }
}

register("staff", { sv, nb, en });
