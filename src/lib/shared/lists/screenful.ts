/** About as many rows as a screen has room for. */
export const screenful = (): number => Math.ceil(innerHeight / 60);
