import { pids } from '../../lib/forge/log-line.js';
import { random } from '../../lib/forge/random.js';
import { connection } from './connection.js';
import { accountSource, addressSource } from './visitors.js';
import { type BenchLine, type LogFacts, seed, writeLog } from './write-log.js';

const styles = ['plain', 'folded', 'exhausted'] as const;

/** An sshd log with forge's wordings: visits of one to five connections, most of them one password each. */
export async function writeSshdLog(path: string, lines: number): Promise<LogFacts & { addresses: number }> {
  const draw = random(seed, 1);
  const addresses = addressSource(draw);
  const account = accountSource(draw);
  const pid = pids(() => draw.int(1, 5));
  const facts = await writeLog(path, lines, (start) => {
    const address = addresses.next();
    const found: BenchLine[] = [];
    let at = start;
    for (let left = draw.int(1, 5); left > 0; left--) {
      const tried = account();
      // syslog folds equal lines only; for a name that sshd does not know, PAM's lines stand between them.
      const style = tried.exists ? (styles[draw.weighted([94, 4, 2])] ?? 'plain') : 'plain';
      const peer = { address, port: draw.int(1024, 65_535) };
      const passwords = draw.chance(0.12) ? 2 : 1;
      const own = pid();
      for (const line of connection(draw, { at, peer, account: tried, style, passwords })) {
        found.push({ at: line.at, text: `sshd[${own}]: ${line.text}`, failures: line.failures });
        at = line.at;
      }
      at += draw.int(1, 300) * 1000;
    }
    return found;
  });
  return { ...facts, addresses: addresses.distinct() };
}
