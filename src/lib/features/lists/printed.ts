/** The most rows that a list draws for paper, which has no end that could come near: a person would still leaf through them. */
export const printed = 2_000;
