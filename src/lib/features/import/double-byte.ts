/** The byte pairs of a language's encoding, and which of them are its common signs. */
interface Pairs {
  isLead(byte: number): boolean;
  isCommon(lead: number, trail: number): boolean;
}

const within = (byte: number, first: number, last: number) => byte >= first && byte <= last;
const fromA1 = (byte: number) => within(byte, 0xa1, 0xfe);

// The standards list the everyday signs first, so a common sign is known by its first byte.
const pairs: Record<string, Pairs> = {
  shift_jis: {
    isLead: (byte) => within(byte, 0x81, 0x9f) || within(byte, 0xe0, 0xfc),
    isCommon: (lead) => within(lead, 0x81, 0x83) || within(lead, 0x88, 0x98),
  },
  'euc-jp': {
    isLead: (byte) => fromA1(byte) || byte === 0x8e,
    isCommon: (lead) => within(lead, 0xa4, 0xa5) || within(lead, 0xb0, 0xcf),
  },
  gb18030: {
    isLead: (byte) => within(byte, 0x81, 0xfe),
    isCommon: (lead, trail) => within(lead, 0xb0, 0xd7) && fromA1(trail),
  },
  big5: {
    isLead: (byte) => within(byte, 0x81, 0xfe),
    isCommon: (lead) => within(lead, 0xa4, 0xc6),
  },
  'euc-kr': {
    isLead: (byte) => within(byte, 0x81, 0xfe),
    isCommon: (lead, trail) => within(lead, 0xb0, 0xc8) && fromA1(trail),
  },
};

export const isDoubleByte = (encoding: string): boolean => encoding in pairs;

/** The share of the signs beyond ASCII that are common in the encoding's language, from 0 to 1. */
export function commonShare(bytes: Uint8Array, encoding: string): number {
  const kind = pairs[encoding];
  let [signs, common] = [0, 0];
  for (let at = 0; kind && at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    signs++;
    // Katakana as wide as Latin letters; a single one is more likely a sign of another encoding.
    const isNarrow = [bytes[at - 1], lead, bytes[at + 1]].map((byte = 0) => within(byte, 0xa6, 0xdf));
    if (encoding === 'shift_jis' && isNarrow[1] && (isNarrow[0] || isNarrow[2])) common += 0.85;
    if (!kind.isLead(lead)) continue;
    at++;
    if (kind.isCommon(lead, bytes[at] ?? 0)) common++;
  }
  return signs > 0 ? common / signs : 0;
}
