import type { Figure, FigureOptions } from './figure.js';
import { axis, colors, layoutOf, noData } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

export interface HourBar {
  /** 0 to 23. */
  readonly hour: number;
  readonly value: number;
  /** 0 to 1; null when nothing was counted at all. */
  readonly share: number | null;
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Share by hour of day in per cent, from zero, with a dashed line where every hour would be if all were equal. */
export function barsByHour(rows: readonly HourBar[], unit: string, options: FigureOptions): Figure {
  const shown = rows.filter((row): row is HourBar & { share: number } => row.share !== null);
  if (shown.length === 0) return noData(options);
  const words = wordsIn(options.locale);
  const layout = layoutOf(
    options,
    { plot: 260, left: 68, below: 66 },
    {
      bargap: 0.15,
      showlegend: true,
      xaxis: axis(words.hour, {
        type: 'linear',
        tickmode: 'array',
        tickvals: [0, 3, 6, 9, 12, 15, 18, 21],
        range: [-0.6, 23.6],
        showgrid: false,
        zeroline: false,
      }),
      yaxis: axis(`${words.share} (%)`, { rangemode: 'tozero' }),
    },
  );
  return {
    data: [
      {
        type: 'bar',
        name: unit,
        showlegend: false,
        x: shown.map((row) => row.hour),
        y: shown.map((row) => row.share * 100),
        marker: { color: colors.main },
        hovertext: shown.map(
          (row) =>
            `${clock(row.hour)}–${clock(row.hour + 1)}<br>${percent(row.share)}<br>${thousands(row.value)} ${unit}`,
        ),
        hoverinfo: 'text',
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: words.even,
        x: [-0.5, 23.5],
        y: [100 / 24, 100 / 24],
        line: { color: colors.accent, width: 2, dash: 'dash' },
        hoverinfo: 'skip',
      },
    ],
    layout,
    name: options.name,
    alt: altOf(shown, options),
  };
}

function altOf(rows: readonly (HourBar & { share: number })[], { title, locale }: FigureOptions): string {
  // The first of equals, as the findings have it.
  const first = (by: 1 | -1) => [...rows].sort((a, b) => by * (a.share - b.share))[0];
  const at = (row: ReturnType<typeof first>): string =>
    `${clock(row?.hour ?? 0)} (${percent(row?.share ?? 0)})`;
  const [most, least] = [at(first(-1)), at(first(1))];
  return locale === 'ja'
    ? `${title}: 最も多い時間帯は${most}、最も少ない時間帯は${least}、均等なら4.2 %。`
    : `${title}: most in the hour from ${most}, least in the hour from ${least}; 4.2 % would be even.`;
}
