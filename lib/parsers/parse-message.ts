import { escapeControls } from '../printable.js';
import type { ParsedMessage } from './parsed.js';
import { parseSshd, sshdPrograms } from './sshd.js';

/** Programs of services that banbook is about; a message of theirs that no pattern knows is unknown, not noise. */
const services = /^(?:postfix|dovecot|fail2ban|sshd)/;

/**
 * Hands a message to the parser of the program that wrote it.
 * @returns null for an unknown wording of a service that banbook is about
 */
export function parseMessage(program: string, message: string): ParsedMessage {
  if (sshdPrograms.includes(program)) return parseSshd(message);
  if (services.test(program)) return null;
  return {
    class: 'noise',
    template: program === '' ? 'no program' : `other program: ${escapeControls(program)}`,
  };
}
