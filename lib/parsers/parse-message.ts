import { escapeControls } from '../printable.js';
import { isDovecot, parseDovecot } from './dovecot.js';
import { isFail2ban, parseFail2ban } from './fail2ban-log.js';
import { isPam, parsePam } from './pam.js';
import type { ParsedMessage } from './parsed.js';
import { isPostfix, parsePostfix } from './postfix.js';
import { isSshd, parseSshd } from './sshd.js';

export type MessageParser = (message: string) => ParsedMessage;

/** The daemon behind a tag, which may be the path of its file. */
export const daemonOf = (program: string): string =>
  program.startsWith('/') && !isPostfix(program) ? program.slice(program.lastIndexOf('/') + 1) : program;

/** What another program passes on of a service that banbook is about. */
const passedOn = /\bsshd[\w-]*\[\d{1,10}\]: |\bSASL .{1,100} authentication failed/;

/**
 * The parser of the messages that a program writes. It gives null for a wording of a service that banbook is about
 * and that no pattern knows; what other programs write is noise, but for what PAM says under their names.
 */
export function parserOf(program: string): MessageParser {
  const name = daemonOf(program);
  const pam: MessageParser = (message) => (isPam(name, message) ? parsePam(name, message) : null);
  if (isSshd(name)) return (message) => parseSshd(message) ?? pam(message);
  if (isFail2ban(name)) return (message) => parseFail2ban(name, message);
  if (isDovecot(name)) return (message) => pam(message) ?? parseDovecot(name, message);
  if (isPostfix(name)) return (message) => pam(message) ?? parsePostfix(name, message);
  const noise: ParsedMessage = {
    class: 'noise',
    template: program === '' ? 'no program' : `other program: ${escapeControls(program)}`,
  };
  return (message) => {
    if (isPam(name, message)) return parsePam(name, message);
    return passedOn.test(message) ? null : noise;
  };
}

/** What the parser of a program makes of a message. @returns null for an unknown wording of a service */
export const parseMessage = (program: string, message: string): ParsedMessage => parserOf(program)(message);
