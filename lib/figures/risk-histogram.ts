import type { Data } from 'plotly.js-dist';
import type { Figure, FigureOptions } from './figure.js';
import { axis, colors, countTicks, layoutOf, pairedLegend } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

export interface RiskBin {
  /** Such as `0-9`. */
  readonly bin: string;
  readonly addresses: number;
  /** Of the scored addresses, 0 to 1; null where none has a score. */
  readonly share: number | null;
}

export interface RiskPart {
  readonly name: string;
  readonly addresses: number;
}

export interface RiskOptions extends FigureOptions {
  /** Why there is no bar, where no address has a score. */
  readonly empty: string;
}

const partColors = [colors.main, colors.light, colors.accent, colors.second, colors.third, colors.grey];

/**
 * How the scores are spread, and under it a strip of all addresses, scored or not: a histogram alone would hide how few
 * of them it is of. Without any score the strip is left, and the reason.
 * @param parts all addresses, the scored first
 */
export function riskHistogram(
  bins: readonly RiskBin[],
  parts: readonly RiskPart[],
  options: RiskOptions,
): Figure {
  const words = wordsIn(options.locale);
  const all = parts.reduce((sum, part) => sum + part.addresses, 0);
  const scored = bins.reduce((sum, bin) => sum + bin.addresses, 0);
  const shown = [...parts.entries()].filter(([, part]) => part.addresses > 0);
  const bars: Data = {
    type: 'bar',
    showlegend: false,
    x: bins.map(({ bin }) => bin.replace('-', '–<br>')),
    y: bins.map(({ addresses }) => addresses),
    marker: { color: colors.main },
    hovertext: bins.map(
      ({ bin, addresses, share }) =>
        `${bin.replace('-', '–')}<br>${thousands(addresses)} ${words.addresses}${share === null ? '' : `<br>${words.ofScored(percent(share))}`}`,
    ),
    hoverinfo: 'text',
  };
  const strip = shown.map(
    ([i, { name, addresses }]): Data => ({
      type: 'bar',
      orientation: 'h',
      name: `${name}<br>${thousands(addresses)}`,
      x: [addresses],
      y: [''],
      xaxis: 'x2',
      yaxis: 'y2',
      marker: { color: partColors[i] ?? colors.grey },
      hovertext: [
        `${name}<br>${thousands(addresses)} ${words.addresses}<br>${words.ofAll(percent(addresses / (all || 1)))}`,
      ],
      hoverinfo: 'text',
    }),
  );
  const none = {
    text: options.empty,
    xref: 'paper' as const,
    yref: 'paper' as const,
    x: 0.5,
    y: 0.7,
    showarrow: false,
    font: { size: 14, color: colors.grey },
  };
  const layout = layoutOf(
    options,
    { plot: 330, left: 64, below: 66, legend: 1.5 * Math.ceil(shown.length / 2) + 0.5 },
    {
      barmode: 'stack',
      bargap: 0.06,
      showlegend: true,
      legend: pairedLegend,
      xaxis: axis(words.score, {
        type: 'category',
        tickangle: 0,
        showgrid: false,
        anchor: 'y',
        tickfont: { size: 11 },
      }),
      yaxis: axis(words.addresses, { ...countTicks(bins.map((bin) => bin.addresses)), domain: [0.42, 1] }),
      xaxis2: axis(words.allAddresses, {
        ...countTicks([all]),
        nticks: 5,
        anchor: 'y2',
        range: [0, all || 1],
      }),
      yaxis2: { domain: [0, 0.1], showticklabels: false, fixedrange: true },
    },
  );
  return {
    data: all === 0 ? [] : [bars, ...strip],
    layout: scored > 0 ? layout : { ...layout, annotations: [...(layout.annotations ?? []), none] },
    name: options.name,
    alt: altOf(
      bins,
      shown.map(([, part]) => part),
      options,
    ),
  };
}

function altOf(
  bins: readonly RiskBin[],
  parts: readonly RiskPart[],
  { title, locale, empty }: RiskOptions,
): string {
  const coverage = parts.map(({ name, addresses }) => `${name} ${thousands(addresses)}`);
  const most = [...bins].sort((a, b) => b.addresses - a.addresses)[0];
  const peak = most && most.addresses > 0 ? `${most.bin} (${thousands(most.addresses)})` : null;
  if (locale === 'ja')
    return `${title}: ${peak === null ? empty : `最も多い区間は${peak}`}。${coverage.join('、') || 'データなし'}。`;
  return `${title}: ${peak === null ? empty : `most addresses in the bin ${peak}`}; ${coverage.join(', ') || 'no data'}.`;
}
