/** The patient's words join the catalogues. */
import { register } from "../base/words";
import en from "../words/patient.en.json";
import nb from "../words/patient.nb.json";
import sv from "../words/patient.sv.json";

declare module "../base/words" {
  interface Catalogues {
    patient: typeof sv;
  }
}

register("patient", { sv, nb, en });
