/** A plot of columns from left to right, with a band for what is likely, and the table it is drawn from behind it. */
import { t } from "../base/words";
import { numberWords } from "./numbers";
import { Table, type TableProps } from "./Table";

export interface Column {
  /** Under the column. */
  name: string;
  /** What was, as a column. */
  value: number | null;
  /** What is likely: a band, with its middle as a line. */
  low?: number | null;
  high?: number | null;
  middle?: number | null;
  strong?: boolean;
}

interface ColumnsProps {
  title: string;
  /** What it says, under its title. */
  lead?: string;
  /** What is read out in place of the picture. */
  told: string;
  columns: readonly Column[];
  /** The largest value of the axis; none: as large as the columns are. */
  top?: number;
  /** How values are written at the axis. */
  unit?(value: number): string;
  table: TableProps;
}

const WIDTH = 900;
const HEIGHT = 220;
const LEFT = 48;
const BOTTOM = 26;
const ABOVE = 10;

export function Columns({
  title,
  lead,
  told,
  columns,
  top,
  unit = (value) => numberWords(value),
  table,
}: ColumnsProps) {
  const most = top ?? Math.max(1, ...columns.flatMap(({ value, high }) => [value ?? 0, high ?? 0]));
  const step = (WIDTH - LEFT) / Math.max(1, columns.length);
  const y = (value: number) => ABOVE + (HEIGHT - ABOVE - BOTTOM) * (1 - value / most);
  const id = `plot-${table.caption.replace(/\W+/g, "-")}`;
  return (
    <figure class="lead-plot">
      <figcaption id={id}>{title}</figcaption>
      {lead && <p>{lead}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" class="lead-scroll" aria-labelledby={id} tabIndex={0}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${told}`}>
          {[0, 0.5, 1].map((part) => (
            <g key={part} class="lead-axis">
              <line x1={LEFT} x2={WIDTH} y1={y(most * part)} y2={y(most * part)} />
              <text x={LEFT - 6} y={y(most * part) + 4} text-anchor="end">
                {unit(most * part)}
              </text>
            </g>
          ))}
          {columns.map((column, place) => (
            <Drawn key={place} column={column} x={LEFT + place * step} step={step} y={y} />
          ))}
        </svg>
      </div>
      <details class="lead-behind">
        <summary>{t("lead.as_table")}</summary>
        <Table {...table} />
      </details>
    </figure>
  );
}

interface DrawnProps {
  column: Column;
  x: number;
  step: number;
  y(value: number): number;
}

function Drawn({ column, x, step, y }: DrawnProps) {
  const { name, value, low = null, high = null, middle = null, strong = false } = column;
  return (
    <g class="lead-column" data-strong={strong}>
      {low !== null && high !== null && (
        <rect class="lead-band" x={x + 2} width={step - 4} y={y(high)} height={Math.max(1, y(low) - y(high))} />
      )}
      {value !== null && (
        <rect class="lead-bar" x={x + step * 0.25} width={step * 0.5} y={y(value)} height={y(0) - y(value)} />
      )}
      {middle !== null && <line class="lead-middle" x1={x + 2} x2={x + step - 2} y1={y(middle)} y2={y(middle)} />}
      <text x={x + step / 2} y={HEIGHT - 8} text-anchor="middle">
        {name}
      </text>
    </g>
  );
}
