import { copyFileSync, existsSync, linkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheStamp, hasCache, stampCache, stampFile } from './enrich/cache-stamp.js';
import { knownNames } from './enrich/known-names.js';
import { knownRisks } from './enrich/known-risks.js';
import { nameRow } from './enrich/name-row.js';
import { riskRows } from './enrich/risk-rows.js';
import { addressLine } from './frames/address-line.js';
import { readFrame, writeFrame } from './frames/csv.js';
import { readDatapackage, writtenFrames } from './frames/datapackage.js';
import { replaceFolder } from './frames/replace-folder.js';
import { type WrittenFrames, writeFindings } from './write-findings.js';

/** Files that a refresh makes anew; the engine's copies of these frames go with them. */
const renewed =
  /^(?:(?:addresses|risk|findings)\.csv|datapackage\.json|\.inputs|\.(?:addresses|risk|findings)\..*)$/;

/**
 * Takes what the cache has come to know into a folder of frames, without reading the input again: names into the
 * addresses frame, risks into the risk frame, and with them the findings. It gives what `banbook frames` would give.
 * The folder is replaced as a whole.
 */
export async function refreshFrames(folder: string, cache: string): Promise<void> {
  if (hasCache(folder, cache)) return;
  await refresh(folder, cache);
  // A lookup of another kind may have put a folder there that it had begun later and ended earlier.
  if (existsSync(stampFile(folder)) && !hasCache(folder, cache)) await refresh(folder, cache);
}

async function refresh(folder: string, cache: string): Promise<void> {
  // Before the answers are read: what comes after that is not in these frames.
  const stamp = cacheStamp(cache);
  const info = readDatapackage(folder);
  const written = writtenFrames(folder);
  const names = knownNames(cache);
  const risks = riskRows(knownRisks(cache, info.synthetic).values());
  const addresses = await readFrame(folder, 'addresses');
  await replaceFolder(folder, async (fresh) => {
    for (const name of readdirSync(folder).filter((file) => !renewed.test(file)))
      share(join(folder, name), join(fresh, name));
    // A cache that knows nothing of an address takes nothing away: the frames may have been made with another one.
    const named = addresses.map((row) =>
      names.has(row.address) ? nameRow(row, names.get(row.address)) : row,
    );
    await writeFindings(fresh, info, {
      ...(written as WrittenFrames),
      addresses: writeFrame(fresh, 'addresses', risks.noting(named), addressLine()),
      risk: writeFrame(fresh, 'risk', risks.noted()),
    });
    if (existsSync(stampFile(folder))) stampCache(fresh, folder, stamp);
  });
}

/** The same file in both folders, where the disk can do that. */
function share(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
