/** The words of signing in, for both pages. */
import { register } from "../base/words";
import en from "../words/signin.en.json";
import nb from "../words/signin.nb.json";
import sv from "../words/signin.sv.json";

declare module "../base/words" {
  interface Catalogues {
    signin: typeof sv;
  }
}

register("signin", { sv, nb, en });
