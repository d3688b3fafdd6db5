/** The clinician's workplace starts here. */
import { render } from "preact";
import { shell } from "../base/shell";
import { steadyPresses } from "../base/steady_press";
import { startLanguage } from "../base/words";
import { App } from "./App";
import "../base/theme.css";
import "@digdir/designsystemet-css/button.css";
import "@digdir/designsystemet-css/dialog.css";
import "@digdir/designsystemet-css/field.css";
import "@digdir/designsystemet-css/heading.css";
import "@digdir/designsystemet-css/input.css";
import "@digdir/designsystemet-css/label.css";
import "./words";
import "./staff.css";

startLanguage(shell.country);
steadyPresses();
const root = document.getElementById("app");
if (root) render(<App />, root);
