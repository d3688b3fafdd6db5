/** The page of a guest: someone who comes to one visit by a link, and sees nothing else. */
import { render } from "preact";
import "../base/theme.css";
import { shell } from "../base/shell";
import { startLanguage } from "../base/words";
import { App } from "./App";
import "./words";
import { resume } from "./session";

startLanguage(shell.country);
const root = document.getElementById("app");
if (root) render(<App />, root);
void resume();
addEventListener("hashchange", () => void resume()); // a link opened where this page is open already
