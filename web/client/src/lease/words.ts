/** The words about leases that run out, in three languages. */
import { register } from "../base/words";
import en from "../words/lease.en.json";
import nb from "../words/lease.nb.json";
import sv from "../words/lease.sv.json";

declare module "../base/words" {
  interface Catalogues {
    lease: typeof sv;
  }
}

register("lease", { sv, nb, en });
