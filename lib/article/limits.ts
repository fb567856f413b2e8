/** From this part on, what is not known is too much for a share or a rank of the rest. */
export const muchUnknown = 0.1;

/** Up to this part, what is not known cannot be a whole month of a year. */
export const littleUnknown = 0.05;

/** Fewer scores make no shares. */
export const leastScores = 20;
