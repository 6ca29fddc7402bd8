/** The meaning of a color. A word or an icon always says the same. */
export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red' | 'blue';
