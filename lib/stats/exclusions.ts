import { literal } from './sql-text.js';

/**
 * SQL of what each condition of a statistic leaves of its frame: one row a condition, in the order in which they are
 * applied, the first row without any. Columns: `condition` as the SQL has it, `rows_left`, `events_left` (the sum of
 * `count`). The conditions are the statistic's own, so that the two cannot tell different stories.
 * @param frame to which the conditions apply, or what `before` makes of one
 * @param before a common table expression
 */
export function exclusionsSql(frame: string, conditions: readonly string[], before?: string): string {
  // Of a condition of several lines the SQL of the statistic tells; here it would be longer than all else.
  const shown = conditions.map((condition) => condition.replace(/\s*\n[\s\S]*\n\s*/, ' … '));
  const names = [`all of ${frame}`, ...shown].map((name, step) => `    (${step}, ${literal(name)})`);
  // A condition that is null keeps no row, as in WHERE.
  const fails = conditions.map((condition, step) => `WHEN coalesce(NOT (${condition}), true) THEN ${step}`);
  return `WITH ${before ? `${before},\n` : ''}steps (step, condition) AS (
  VALUES
${names.join(',\n')}
),
passed AS (
  -- how many conditions a row meets before the first that it does not meet
  SELECT
    CASE
      ${fails.join('\n      ')}
      ELSE ${conditions.length}
    END AS step,
    count(*) AS rows_passed,
    sum(count) AS events_passed
  FROM ${frame}
  GROUP BY 1
)
SELECT
  steps.condition,
  coalesce(sum(passed.rows_passed), 0) AS rows_left,
  coalesce(sum(passed.events_passed), 0) AS events_left
FROM steps
LEFT JOIN passed ON passed.step >= steps.step
GROUP BY steps.step, steps.condition
ORDER BY steps.step`;
}
