import { join } from 'node:path';
import type { ZoneClock } from '../zone.js';
import { type LogLine, type LogName, logNames } from './log-line.js';
import type { Segment } from './period.js';
import { hostName } from './server.js';
import { syslogStamps } from './stamps.js';
import { type TextFile, textFile } from './text-file.js';
import type { Place } from './truth.js';

interface LogSetOptions {
  readonly out: string;
  readonly seed: number;
  readonly gzip: boolean;
  readonly clock: ZoneClock;
  readonly segments: readonly Segment[];
}

interface OpenLog {
  readonly name: string;
  readonly file: TextFile;
  lines: number;
}

/** The logs of syslog and dovecot's own, each a file a month as logrotate leaves them. */
export class LogSet {
  private readonly syslogStamp: (at: number) => string;
  private readonly dovecotStamp: (at: number) => string;
  private readonly names: string[] = [];
  private open: Record<LogName, OpenLog>;
  private segment = 0;

  /** @param lost tells the times of which no line is kept */
  constructor(
    private readonly options: LogSetOptions,
    private readonly lost: (at: number) => boolean,
  ) {
    this.syslogStamp = syslogStamps(options.clock, ' ');
    this.dovecotStamp = syslogStamps(options.clock, '0');
    this.open = this.openAll();
  }

  /** @returns where the line stands, or null when it was lost */
  write({ at, log, text }: Pick<LogLine, 'at' | 'log' | 'text'>): Place | null {
    while (at >= (this.options.segments[this.segment]?.end ?? Number.POSITIVE_INFINITY)) this.rotate();
    if (this.lost(at)) return null;
    const open = this.open[log];
    open.lines++;
    // dovecot's own log names no host.
    open.file.write(
      log === 'dovecot.log'
        ? `${this.dovecotStamp(at)} ${text}\n`
        : `${this.syslogStamp(at)} ${hostName} ${text}\n`,
    );
    return { file: open.name, line: open.lines };
  }

  /** @returns the names of all files, below the folder */
  close(): string[] {
    while (this.segment < this.options.segments.length - 1) this.rotate();
    for (const { file } of Object.values(this.open)) file.close();
    return this.names;
  }

  private rotate(): void {
    for (const { file } of Object.values(this.open)) file.close();
    this.segment++;
    this.open = this.openAll();
  }

  private openAll(): Record<LogName, OpenLog> {
    const { out, seed, gzip, segments } = this.options;
    const { start = 0, rotated = '' } = segments[this.segment] ?? {};
    const opened = logNames.map((log): [LogName, OpenLog] => {
      const name = `raw/${log}-${rotated}${gzip ? '.gz' : ''}`;
      this.names.push(name);
      const file = textFile(join(out, name));
      // Readers know the data as synthetic by this line, so each log begins with it.
      const stamp = (log === 'dovecot.log' ? this.dovecotStamp : this.syslogStamp)(start);
      file.write(`${stamp} ${hostName} banbook-forge[1]: synthetic data, seed ${seed}\n`);
      return [log, { name, file, lines: 1 }];
    });
    return Object.fromEntries(opened) as Record<LogName, OpenLog>;
  }
}
