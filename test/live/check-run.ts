import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openEngine } from '../../lib/engine/index.js';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { siteOf } from '../../lib/site.js';
import {
  countAttempts,
  differentAttempts,
  differentBans,
  differentConnections,
  differentNames,
  differentRejects,
  differentReport,
  type Run,
} from './compare.js';
import { readTruth } from './truth.js';

/** Holds what the daemons of one run wrote, as banbook reads it, against what the attackers did. @param folder of run.sh */
export function checkRun(folder: string): void {
  for (const stamps of ['classic', 'rfc3339', 'journal'])
    describe(`real daemons, ${stamps}`, () => {
      let run: Run;
      let unknown: unknown[];

      const frames = mkdtempSync(join(tmpdir(), 'banbook-live-'));
      after(() => rmSync(frames, { recursive: true, force: true }));

      before(async () => {
        const raw = join(folder, 'raw');
        await makeFrames(
          [join(raw, stamps), join(raw, 'fail2ban.log'), join(raw, 'root.mbox')],
          frames,
          siteOf({ zone: 'Asia/Tokyo' }, 'live'),
          { year: null, threads: 1, onProgress: () => {} },
        );
        run = {
          truth: readTruth(folder),
          auth: await readFrame(frames, 'auth'),
          bans: await readFrame(frames, 'bans'),
          rejects: await readFrame(frames, 'rejects'),
          reports: await readFrame(frames, 'reports'),
          firewall: readFileSync(join(folder, 'firewall.txt'), 'utf8').split('\n'),
        };
        const engine = await openEngine(frames);
        unknown = (
          await engine.query("SELECT template, example FROM coverage WHERE class IN ('unknown', 'malformed')")
        ).rows as unknown[];
        engine.close();
      });

      it('knows every line', () => assert.deepEqual(unknown, []));
      for (const service of ['ssh', 'smtp', 'imap', 'pop3'] as const)
        it(`has each ${service} attempt by address, account and minute`, (t) => {
          assert.deepEqual(differentAttempts(run, service), []);
          const { denied, lost, rows } = countAttempts(run, service);
          t.diagnostic(`${denied} denied; of ${lost} whose answer was lost the log has ${rows - denied}`);
        });
      it('has the login and the dropped connections', () => assert.deepEqual(differentConnections(run), []));
      it('has the ssh bans of mail, fail2ban.log and firewall', () =>
        assert.deepEqual(differentBans(run, 'ssh', 'f2b-SSH'), []));
      it('has the mail bans of mail, fail2ban.log and firewall', () =>
        assert.deepEqual(differentBans(run, 'smtp', 'f2b-postfix-sasl'), []));
      it('has each refusal by code and list', () => assert.deepEqual(differentRejects(run), []));
      it('has the host names that postfix verified', () => assert.deepEqual(differentNames(run), []));
      it('has the figures of the logwatch report', () => assert.deepEqual(differentReport(run), []));
    });
}
