import type { Data, Layout } from 'plotly.js-dist';
import type { Table } from '../engine/index.js';
import type { Site } from '../site.js';

/** A Plotly figure with what a page needs beside it. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  /** Stable name, for the id of the element and of a file. */
  readonly name: string;
  /** One plain sentence with the main numbers, for readers who do not see the chart. */
  readonly alt: string;
  /** The rows behind the chart, for the table and the CSV beside it. */
  readonly table?: Table;
  /** Language of what stands around the chart; English when left out. */
  readonly locale?: Locale;
}

/** What the line under a chart says of its numbers. */
export interface Source {
  /** How many events or bans the chart rests on; null when there are none. */
  readonly n: number | null;
  /** What `n` counts, such as `bans`. */
  readonly unit: string;
  /** First and last date that the input covers. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Name of the data, such as `logs of one server`; null leaves it out. */
  readonly data: string | null;
  readonly synthetic: boolean;
  /** Date of the country data, where the chart shows countries. */
  readonly countryAsOf?: string | null;
  /** Where the bans were seen, where the chart counts bans: mail, log or syslog. */
  readonly banSource?: string | null;
  /** What else a reader of the chart has to know. */
  readonly note?: string;
}

export type Locale = 'en' | 'ja';

export interface FigureOptions {
  readonly name: string;
  readonly title: string;
  readonly source: Source;
  /** Language of axis titles and notes; English when left out. */
  readonly locale?: Locale;
}

/** How a statistic's table becomes a chart. */
export type Draw = (table: Table, options: FigureOptions, site: Site) => Figure;
