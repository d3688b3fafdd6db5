/** What a change changes, line by line, and what is to be said of it. */
import { t } from "../base/words";
import type { SheetForeseen, SheetValues } from "../wire";
import { changedLines, codeWords, faultWords, linesOf, type Names } from "./lines";

interface PreviewProps {
  sheet: string;
  before: SheetValues;
  after: SheetValues;
  units: Names;
}

export function Preview({ sheet, before, after, units }: PreviewProps) {
  const changed = changedLines(linesOf(sheet, before, units), linesOf(sheet, after, units));
  if (changed.length === 0) return <p>{t("administration.nothing_changes")}</p>;
  return (
    <div class="directory-wide">
      <table class="directory-preview">
        <caption>{t("administration.what_changes")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("administration.row")}</th>
            <th scope="col">{t("administration.before")}</th>
            <th scope="col">{t("administration.after")}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.label}</th>
              <td>
                <del>{line.before}</del>
              </td>
              <td>
                <ins>{line.after}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Lowers({ lowers }: { lowers: readonly string[] }) {
  if (lowers.length === 0) return <p>{t("administration.lowers_none")}</p>;
  return (
    <div class="register-follows">
      <p>
        <strong>{t("administration.lowers")}</strong>
      </p>
      <ul>
        {lowers.map((code) => (
          <li key={code}>{codeWords("low", code)}</li>
        ))}
      </ul>
    </div>
  );
}

export function Faults({ faults, ...about }: Omit<PreviewProps, "before"> & { faults: SheetForeseen["faults"] }) {
  const lines = linesOf(about.sheet, about.after, about.units);
  return (
    <div role="alert" class="staff-problem">
      <p>{t("administration.cannot")}</p>
      <ul class="directory-faults">
        {faults.map((fault) => (
          <li key={`${fault.where} ${fault.code}`}>{faultWords(fault, lines)}</li>
        ))}
      </ul>
    </div>
  );
}
