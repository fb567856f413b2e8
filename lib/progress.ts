import { escapeControls } from './printable.js';

/** A bar on stderr. It appears only when stderr is a terminal and the work takes longer than a second. */
export interface ProgressBar {
  /** @param part 0 to 1 */
  update(part: number, label: string): void;
  done(): void;
}

const width = 24;

/** @param now milliseconds of a clock that runs forward */
export function progressBar(
  now: () => number = () => performance.now(),
  stream: { isTTY?: boolean; write(text: string): unknown; columns?: number } = process.stderr,
): ProgressBar {
  const start = now();
  let drawn = 0;
  return {
    update: (part, label) => {
      const time = now();
      if (!stream.isTTY || time - start < 1000 || time - drawn < 100) return;
      drawn = time;
      const filled = Math.round(width * Math.min(1, part));
      const left = part > 0 ? Math.round(((time - start) / part) * (1 - part) * 0.001) : 0;
      const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${Math.floor(part * 100)} % · ${left} s left · `;
      stream.write(
        `\r\u001b[K${bar}${escapeControls(label).slice(-Math.max(0, (stream.columns ?? 80) - bar.length - 1))}`,
      );
    },
    done: () => {
      if (drawn > 0) stream.write('\r\u001b[K');
    },
  };
}
