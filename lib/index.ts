// biome-ignore-all assist/source/organizeImports: the order is that of the flow, so that it reads as a table of contents
/** banbook's one public entry, in the order of the flow. */
export { UserError } from './errors.js';
export { type Finding, type FrameName, type Row, schema } from './schema.js';
export { readSite, type Site } from './site.js';
export { makeFrames } from './make-frames.js';
export { type Engine, openEngine, type Table, toDataFrame } from './engine/index.js';
export {
  runStatistic,
  type Statistic,
  type StatisticResult,
  statisticById,
  statistics,
} from './stats/index.js';
export { aboutSeconds, type Banning, openBanning, quantile } from './simulate/index.js';
export { drawBanning, type Figure, type FigureContext, figureOf, figuresOf } from './figures/index.js';
export { show, showLines, showProse, showSql, showTable, showText } from './figures/show.js';
export { countryOpinions } from './country-cells.js';
export { riskLookup, riskSamples } from './risk-cells.js';
export { type Compared, compareFrames, type Comparison } from './compare.js';
export { type Book, check, checkCounts, checkFindings, openBook } from './notebook.js';
export { type Article, openArticle } from './article/open-article.js';
