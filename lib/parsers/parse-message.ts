import { escapeControls } from '../printable.js';
import { isDovecot, parseDovecot } from './dovecot.js';
import { isFail2ban, parseFail2ban } from './fail2ban-log.js';
import { isPam, parsePam } from './pam.js';
import type { ParsedMessage } from './parsed.js';
import { isPostfix, parsePostfix } from './postfix.js';
import { parseSshd, sshdPrograms } from './sshd.js';

export type MessageParser = (message: string) => ParsedMessage;

/**
 * The parser of the messages that a program writes. It gives null for a wording of a service that banbook is about
 * and that no pattern knows; what other programs write is noise, but for what PAM says under their names.
 */
export function parserOf(program: string): MessageParser {
  const pam: MessageParser = (message) => (isPam(program, message) ? parsePam(program, message) : null);
  if (sshdPrograms.includes(program)) return (message) => parseSshd(message) ?? pam(message);
  if (isFail2ban(program)) return (message) => parseFail2ban(program, message);
  if (isDovecot(program)) return (message) => pam(message) ?? parseDovecot(program, message);
  if (isPostfix(program)) return (message) => pam(message) ?? parsePostfix(program, message);
  const noise: ParsedMessage = {
    class: 'noise',
    template: program === '' ? 'no program' : `other program: ${escapeControls(program)}`,
  };
  return (message) => (isPam(program, message) ? parsePam(program, message) : noise);
}

/** What the parser of a program makes of a message. @returns null for an unknown wording of a service */
export const parseMessage = (program: string, message: string): ParsedMessage => parserOf(program)(message);
