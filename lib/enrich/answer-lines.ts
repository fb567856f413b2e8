import { existsSync, readFileSync } from 'node:fs';
import { messageOf, UserError } from '../errors.js';

/**
 * Reads a file of answers, one JSON object a line. What stands behind the last line end is the beginning of a line
 * that a killed run did not finish, and is left out.
 * @param isAnswer whether an object is of the kind that the file holds
 * @returns nothing where there is no such file
 * @throws UserError that names file and line
 */
export function* answerLines<T>(path: string, isAnswer: (value: object) => boolean): Generator<T> {
  if (!existsSync(path)) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const wrong = (what: string): UserError =>
      new UserError(`${path} line ${i + 1}: ${what}; correct or remove the line`);
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw wrong(`expected a JSON object, got ${JSON.stringify(line.slice(0, 80))} (${messageOf(error)})`);
    }
    if (typeof value !== 'object' || value === null || !isAnswer(value))
      throw wrong(`not an answer as banbook keeps it: ${line.slice(0, 200)}`);
    yield value as T;
  }
}
