import type { BanSettings } from '../ban-settings.js';
import { jailWorld } from './jail-world.js';
import type { World } from './outcome.js';
import { steadyWorld } from './steady-world.js';

/**
 * @param from first second of the log, from which fail2ban's hours count; @param to its last: bans are cut there
 * @param random for bantime.rndtime
 */
export const world = (settings: BanSettings, from: number, to: number, random: () => number): World =>
  settings.increment === null ? steadyWorld(settings, to) : jailWorld(settings, from, to, random);
