/** The words of the desk for the register of persons, in three languages. */
import { register } from "../base/words";
import en from "../words/register.en.json";
import nb from "../words/register.nb.json";
import sv from "../words/register.sv.json";

declare module "../base/words" {
  interface Catalogues {
    register: typeof sv;
  }
}

register("register", { sv, nb, en });
