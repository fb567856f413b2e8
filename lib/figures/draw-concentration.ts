import { numberIn, textIn } from '../stats/findings-of.js';
import type { Draw } from './figure.js';
import { axis, colors, layoutOf, noData } from './theme.js';
import { percent, thousands, wordsIn } from './words.js';

const columns = ['top_1_share', 'top_10_share', 'top_100_share', 'top_tenth_share'] as const;
const colorOf = [colors.main, colors.second];

/** Part of the tries that the most tried names take, ssh beside mail: equal bars would be equal concentration. */
export const drawConcentration: Draw = (table, options) => {
  if (table.rows.length === 0) return noData(options);
  const words = wordsIn(options.locale);
  const steps = [words.firstName, words.names('10'), words.names('100'), words.firstTenth];
  const groups = table.rows.map((row) => {
    const service = textIn(row, 'service') === 'mail' ? words.mail : 'ssh';
    const accounts = numberIn(row, 'accounts') ?? 0;
    return {
      name: `${service} (${words.nameCount(thousands(accounts))})`,
      shares: columns.map((column) => numberIn(row, column) ?? 0),
    };
  });
  const comma = options.locale === 'ja' ? '、' : ', ';
  const layout = layoutOf(
    options,
    { plot: 260, left: 68, below: 66 },
    {
      barmode: 'group',
      bargap: 0.25,
      showlegend: true,
      xaxis: axis(words.triedNames, {
        type: 'category',
        showgrid: false,
        tickangle: 0,
        tickfont: { size: 11 },
      }),
      yaxis: axis(`${words.share} (%)`, { range: [0, 100] }),
    },
  );
  return {
    data: groups.map(({ name, shares }, i) => ({
      type: 'bar',
      name,
      x: steps.map((step) => step.replace(/ (?=\S+$)/, '<br>')),
      y: shares.map((share) => share * 100),
      marker: { color: colorOf[i] ?? colors.grey },
      hovertext: shares.map((share, step) => `${name}<br>${steps[step]}: ${percent(share)}`),
      hoverinfo: 'text',
    })),
    layout,
    name: options.name,
    alt: `${options.title}: ${groups
      .map(
        ({ name, shares }) =>
          `${name} ${shares.map((share, i) => `${steps[i]} ${percent(share)}`).join(comma)}`,
      )
      .join(options.locale === 'ja' ? '。' : '; ')}${options.locale === 'ja' ? '。' : '.'}`,
  };
};
