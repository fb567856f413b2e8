import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { stampFile } from '../enrich/cache-stamp.js';
import { mmdbFiles, mmdbStamp } from '../enrich/second-opinion.js';
import { UserError } from '../errors.js';
import { type FramesReport, makeFrames } from '../make-frames.js';
import { escapeControls } from '../printable.js';
import { progressBar } from '../progress.js';
import { articleYear, defaultSite, readSite, siteOf } from '../site.js';
import { type Command, defaultCache, parseOptions } from './command.js';
import { inputStamp, isCurrent } from './input-stamp.js';

const usage = `npx banbook frames --out DIR [--site FILE] [--zone ZONE] [--year YEAR] [--cache DIR] [--if-changed] [--no-findings] PATH…

Reads log files, mailboxes and folders of them, and writes the frames (CSV) to DIR.

  PATH         log file (plain or gzip), mbox, Maildir, .eml, a folder of them, or a pattern in quotes
  --out DIR    folder of the frames; its old frames are replaced
  --site FILE  site settings (JSON): zone, home country, period, jails; see README
  --zone ZONE  zone of stamps without an offset and of local times, such as Asia/Tokyo (default: the settings', else UTC)
  --year YEAR  year of the first line of each log without years
               (default: the date in a rotated file's name, a /2018/ in the path, the file's time)
  --article-year YEAR  the twelve months from December before, in place of the settings' period
  --cache DIR  folder with what was asked about host names and risk (default: $BANBOOK_CACHE, else data/cache)
  --no-findings
               leaves out findings.csv, the numbers of all statistics; the notebooks then work them out each time
  --if-changed does nothing when the frames in DIR were made from the same files and settings

GEO_MMDB and ASN_MMDB in the environment name MaxMind-format files of your own: a second opinion about countries, and
autonomous systems.

Exit status: 0; 3 when some input could not be read and the rest is in the frames; 1 when nothing could;
2 for a wrong call.`;

/** Some of the input is missing from the frames. */
const partial = 3;

export const framesCommand: Command = {
  usage,
  run: async (argv) => {
    const { values, positionals } = parseOptions({
      args: argv,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        site: { type: 'string' },
        zone: { type: 'string' },
        year: { type: 'string' },
        'article-year': { type: 'string' },
        cache: { type: 'string', default: defaultCache },
        'if-changed': { type: 'boolean' },
        'no-findings': { type: 'boolean', default: false },
      },
    });
    if (values.out === undefined) throw new UserError('frames: expected --out DIR', 2);
    if (positionals.length === 0) throw new UserError('frames: expected at least one PATH to read', 2);
    if (values.year !== undefined && !/^(19|20)\d\d$/.test(values.year))
      throw new UserError(`frames: --year must be a year such as 2018, got "${values.year}"`, 2);
    const settings = values.site === undefined ? defaultSite : readSite(values.site);
    const articlesYear = values['article-year'];
    const site = siteOf(
      {
        ...settings,
        ...(values.zone === undefined ? {} : { zone: values.zone }),
        ...(articlesYear === undefined
          ? {}
          : { period: articleYear(articlesYear, 'frames: --article-year') }),
      },
      values.zone === undefined ? 'frames' : '--zone',
    );
    const mmdb = mmdbFiles(process.env);
    const findings = !values['no-findings'];
    const { cache, year } = values;
    const stamping = inputStamp(positionals, cache, { site, year, mmdb: mmdbStamp(mmdb), findings });
    if (values['if-changed'] && isCurrent(values.out, await stamping)) {
      process.stdout.write(`${values.out}: frames unchanged\n`);
      return 0;
    }
    const bar = progressBar();
    const making = makeFrames(positionals, values.out, site, {
      year: values.year === undefined ? null : Number(values.year),
      cache: values.cache,
      mmdb,
      findings,
      threads: availableParallelism(),
      onProgress: ({ path, bytes, totalBytes }) => bar.update(bytes / (totalBytes || 1), path),
    }).finally(bar.done);
    const [report, stamp] = await Promise.all([making, stamping]);
    print(report, values.out, site.zone);
    if (report.errors.length > 0) return partial;
    writeFileSync(stampFile(values.out), stamp);
    return 0;
  },
};

function print(report: FramesReport, out: string, zone: string): void {
  const lines = { event: 0, noise: 0, unknown: 0, malformed: 0 };
  for (const row of report.coverage) lines[row.class] += row.lines;
  const total = Object.values(lines).reduce((a, b) => a + b, 0);
  const classes = Object.entries(lines).map(([name, count]) => `${count} ${name}`);
  process.stdout.write(
    `${out}: ${report.rows.auth} auth rows, ${report.rows.bans} ban rows, ${report.rows.addresses} addresses\n` +
      `${total} lines of ${report.sources.length} sources: ${classes.join(', ')}; local times in ${zone}\n`,
  );
  if (report.unmappedJails.length > 0)
    report.notes.push(
      `no service is set for jail ${report.unmappedJails.join(', ')}: their bans are in no statistic; name them under "jails" in the site settings`,
    );
  if (report.rows.auth + report.rows.bans === 0) report.notes.push('no event in the input: nothing to count');
  for (const note of report.notes) process.stderr.write(`banbook: note: ${escapeControls(note)}\n`);
  for (const error of report.errors) process.stderr.write(`banbook: ${escapeControls(error)}\n`);
}
