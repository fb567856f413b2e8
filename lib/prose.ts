import { UserError } from './errors.js';
import type { Finding } from './schema.js';

/**
 * Fills the findings of one statistic into a sentence: `{total} bans` becomes `65,507 bans`. Shares become
 * percentages. A sentence whose number is missing is replaced by one that says so: prose never holds a gap.
 * @param findings rows of the findings frame
 * @throws UserError when the statistic has no finding of that name
 */
export function fill(template: string, statistic: string, findings: readonly Finding[]): string {
  const own = findings.filter((finding) => finding.statistic === statistic);
  const missing: string[] = [];
  const text = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const finding = own.find((candidate) => candidate.key === key);
    if (!finding)
      throw new UserError(
        `no finding "${key}" of ${statistic}; known: ${own.map((f) => f.key).join(', ') || 'none, make the frames again'}`,
      );
    if (finding.value === null) missing.push(key);
    return finding.value === null ? '' : valueText(finding.value, finding.unit);
  });
  return missing.length === 0 ? text : `These frames do not tell: no ${missing.join(', ')} of ${statistic}.`;
}

function valueText(value: string, unit: string | null): string {
  if (unit === null || !/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (unit === 'share') return `${(Number(value) * 100).toFixed(1)} %`;
  return value.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));
}
