import { UserError } from '../errors.js';
import type { Locale } from '../figures/figure.js';
import type { Finding } from '../schema.js';
import type { Claim, Section } from './claim.js';
import { factsOf, type Material } from './facts.js';
import { sections } from './sections.js';
import { valueText } from './value-text.js';

const placeholder = /\{([a-z0-9-]+)\.(\w+)(?: ([^{}|]+)\|([^{}|]+))?\}/g;

/** Names that hold a digit and are no number of the data. */
const fixedNames = /fail2ban|GeoLite2|1日あたり|1件のBAN/g;

/** Finds a finding by `statistic.key`. */
export type Lookup = (path: string) => Finding;

/** @throws UserError for a name that no finding has: the claims and the statistics have to agree */
export function lookupOf(material: Material): Lookup {
  const known = new Map(
    [...factsOf(material), ...material.findings].map((f) => [`${f.statistic}.${f.key}`, f]),
  );
  return (path) => {
    const finding = known.get(path);
    if (!finding)
      throw new UserError(
        `the article asks for the finding ${path}, which is not there; make the frames again`,
      );
    return finding;
  };
}

function meets(value: string | null, condition: string, find: Lookup): boolean {
  if (condition === 'null') return value === null;
  if (value === null) return false;
  if (condition.startsWith('= ')) return value === find(condition.slice(2)).value;
  if (condition.startsWith('≠ ')) return ![null, value].includes(find(condition.slice(2)).value);
  if (condition.startsWith('<')) return Number(value) < Number(condition.slice(1));
  if (condition.startsWith('>=')) return Number(value) >= Number(condition.slice(2));
  return value === condition;
}

/** True when the data meet what a claim rests on. */
export const holds = (claim: Claim, find: Lookup): boolean =>
  Object.entries(claim.if ?? {}).every(([path, conditions]) =>
    [conditions].flat().every((condition) => meets(find(path).value, condition, find)),
  );

/** A claim as a sentence; null where it does not hold or one of its numbers is not told. @throws Error for a digit of its own */
export function sentenceOf(claim: Claim, locale: Locale, find: Lookup): string | null {
  const template = claim[locale];
  const own = template.replace(placeholder, '').replace(fixedNames, '');
  if (/\p{N}/u.test(own)) throw new Error(`a number that no finding gives in the sentence "${template}"`);
  if (!holds(claim, find)) return null;
  let told = true;
  const text = template.replace(
    placeholder,
    (_, statistic: string, key: string, one?: string, many?: string) => {
      const finding = find(`${statistic}.${key}`);
      if (finding.value === null) told = false;
      const word = finding.value === '1' ? one : many;
      return valueText(finding, locale) + (word === undefined ? '' : ` ${word}`);
    },
  );
  return told ? text : null;
}

const nothing = { en: 'The input does not tell.', ja: 'この入力からは分かりません。' };

/** The sentences of a section that the data allow, at least one that says there are none. */
export function writeSection(section: Section, locale: Locale, find: Lookup): string[] {
  const said = section.claims.flatMap((claim) => sentenceOf(claim, locale, find) ?? []);
  return said.length > 0 ? said : [nothing[locale]];
}

/** @throws UserError for a section that the article does not have */
export function sectionOf(id: string): Section {
  const section = sections.find((candidate) => candidate.id === id);
  if (!section) throw new UserError(`no section "${id}"; there are ${sections.map((s) => s.id).join(', ')}`);
  return section;
}
