/** Forms written with or without a dot after each letter: "S.A. de C.V.", "SA de CV". */
const initials =
  'sa de cv|sas de cv|sab de cv|sab|sapi de cv|sapi|s de rl de cv|s de rl mi|s de rlmi|s de rl|spr de rl|spr|sc de rl de cv|sc de rl|sc|ac|' +
  's en c|s en nc|sencrl|senc|sec|ulc|slne|slp|slu|sll|' +
  'llc|lllp|llp|lp|pllc|plc|pc|pa|na|' +
  'sp z oo|spk|sà rl|sàrl|sarl|eirl|sas|sasu|sca|snc|eurl|srls|srl|spa|sapa|sl|sa|lda|' +
  'gmbh|mbh|ohg|kgaa|kg|ag|ug|ev|eg|bv|nv|vof|cv|' +
  'ab|as|asa|aps|oyj|oy|kk|gk|pte|pty|pvt|doo|dd|sro|kft|zrt|nyrt';

/** Forms written as a word that may end with a dot: "Inc.", "Corp". */
const words =
  'incorporated|incorporée|inc|corporation|corp|company|compañía|compagnie|co|cía|cia|cie|' +
  'limited partnership|limited liability company|limited|limitée|limitada|ltée|ltee|ltda|ltd|enr|sociedad anónima|coopérative|coop|sdn|bhd|a/s|k/s|i/s|s/a';

const dotted = initials
  .split('|')
  .map((form) =>
    form
      .split(' ')
      .map((word) => (word === 'de' || word === 'en' ? word : [...word].join('(?:\\. ?)?')))
      .join('(?:\\. ?| )'),
  )
  .join('|');
const form = `(?:${dotted}|${words})\\.?`;

/** Every form anywhere in a name, even in brackets. */
const inName = new RegExp(`(?<=[ ,(])${form}(?=$|[ ,)])`, 'g');
const atEnd = new RegExp(`(?:,? (?:& |y |and |et )?${form})+$`);

/** A name in lower case with the dots of its legal forms removed: "s.a. de c.v." and "sa de cv" are equal. */
export const compactLegalForms = (name: string): string =>
  name.includes('.') ? name.replace(inName, (found) => (found.includes('.') ? compact(found) : found)) : name;

/** "s.a.de c.v." as "sa de cv". */
const compact = (found: string): string =>
  found
    .replace(/\. ?(?=(?:de|en|z)\b)|\b(de|en|z)\.? ?/g, ' $1 ')
    .replace(/\. ?/g, '')
    .replace(/rlmi$/, 'rl mi')
    .replace(/ +/g, ' ')
    .trim();

/** A name in lower case without the legal forms at its end, unless nothing else is left. */
export function withoutLegalForm(name: string): string {
  return name.replace(atEnd, '') || name;
}
