import { fold } from '$lib/text/fold';

/** A full name, split into the two parts that a contact has. Joined, they are the full name again. */
export interface SplitName {
  first: string;
  last: string;
}

const list = (words: string) => new Set(words.split(' '));

/** Suffixes such as Jr. or PhD, written with or without dots. */
const suffixes = list(
  'jr sr ii iii iv jnr snr esq phd md dds dmd dvm jd llm mba msc cpa rn pe edd dphil mp qc kc obe mbe',
);
/**
 * Words and numbers of a generation. They can also be last names or initials, so they count only after a first and a
 * last name.
 */
const generations = list('junior senior filho neto sobrinho fils hijo v vi vii viii 2nd 3rd 4th');

/** Words that begin a last name of several words. */
const particles = list(
  'al el bin ibn bint abu de del della delle degli dei di da das do dos du des mc la las le los van von der den ter ten te zu zum zur af av st saint san santa',
);
/** Those of them that, with a capital letter, can also be first names or parts of one. */
const lowerParticles = list('ben ould san do te ten zu af av');

/** Spanish names of devotion, whose article belongs to the first name: María de los Ángeles, María del Carmen. */
const devotions = list(
  'angeles carmen pilar jesus lourdes guadalupe rosario luz mar fatima concepcion socorro refugio consuelo dolores mercedes rocio soledad milagros remedios',
);

/** Spanish last names: one of them before the last word is the first of two last names, not a middle name. */
const spanishNames = list(
  'garcia rodriguez gonzalez hernandez lopez martinez perez sanchez ramirez torres flores rivera gomez diaz reyes morales ' +
    'gutierrez ortiz chavez ramos ruiz mendoza alvarez jimenez castillo vazquez vasquez romero moreno herrera medina aguilar ' +
    'vargas guzman mendez munoz salazar garza soto fernandez alvarado contreras juarez rojas guerrero valdez rios estrada ' +
    'navarro campos ortega delgado vega sandoval castro silva dominguez padilla cervantes pacheco fuentes ibarra espinoza ' +
    'espinosa maldonado cruz mejia velasco velazquez velasquez salinas cortes cortez escobar nunez cabrera rosales acosta ' +
    'molina valencia serrano trevino villarreal suarez carrillo avila montoya ayala cardenas lara camacho trujillo solis ' +
    'zamora barrera bautista benitez lozano cantu tovar ochoa galvan zuniga meza duran pineda rosas rubio nava ponce macias ' +
    'parra orozco quintero robles villanueva villa marquez osorio obrador echeverria iglesias calderon zapata madero ' +
    'carranza quiroga borges allende bolivar ugarte arroyo blanco bravo caballero cano carrasco cuevas',
);

/**
 * Splits a full name. The last word is the last name, together with what belongs to it: a suffix ("Downey Jr."), a
 * particle ("van der Berg"), and the first of two Spanish last names ("García Márquez"). “Silva, Ana” is told by its
 * comma. It is a guess for a person to check: nobody can know whether a middle word is a first or a last name.
 */
export function splitName(name: string): SplitName {
  const parts = name.trim().replace(/\s+/g, ' ').split(/, ?/).filter(Boolean);
  const [before = '', ...after] = parts;
  const titles = after.findIndex((part) => part.split(' ').some((word) => !isSuffix(word)));
  // "Silva, Ana" and "Silva, Ana, Jr.", but not "Ana Silva, Jr., MD".
  if (titles === 0) {
    const [first = '', ...rest] = after;
    return { first, last: [before, ...rest].join(', ') };
  }
  const { first, last } = splitWords(before.split(' '));
  // "Smith, Jr." is a last name.
  if (!last && after.length > 0) return { first: '', last: parts.join(', ') };
  return { first, last: [last, ...after].filter(Boolean).join(', ') };
}

function splitWords(words: string[]): SplitName {
  const end = endOfNames(words);
  const names = words.slice(0, end);
  if (names.length < 2 && end === words.length) return { first: names.join(' '), last: '' };
  // "Smith Jr." is a last name.
  const start = names.length < 2 ? 0 : startOfLastName(names);
  return { first: words.slice(0, start).join(' '), last: words.slice(start).join(' ') };
}

/** The index of the first suffix. */
function endOfNames(words: string[]): number {
  let end = words.length;
  while (end > 1 && (isSuffix(words[end - 1]) || /^\(.*\)$/.test(words[end - 1] ?? ''))) end--;
  if (end > 2 && /^ph\.? d\.?$/i.test(words.slice(end - 2, end).join(' '))) end -= 2;
  if (end > 2 && end === words.length && generations.has(plain(words[end - 1]))) end--;
  return end;
}

/** The index at which the last name begins, among two or more names. It is never before the second. */
function startOfLastName(names: string[]): number {
  const particle = names.findIndex((_, index) => index > 0 && beginsLastName(names, index));
  if (particle > 0) return withSpanishName(names, particle);
  const joined = names.findIndex(
    (word, index) => index > 1 && index < names.length - 1 && /^[yei]$/.test(word),
  );
  if (joined > 0) return joined - 1;
  return withSpanishName(names, names.length - 1);
}

/** The place before a last name if a Spanish one is there: of two last names the first one counts. */
function withSpanishName(names: string[], start: number): number {
  return start > 1 && isSpanishName(names[start - 1]) ? start - 1 : start;
}

function beginsLastName(names: string[], index: number): boolean {
  const word = names[index] ?? '';
  const isParticle =
    word === word.toLowerCase() ? particles.has(plain(word)) || lowerOnly(word) : isCapital(word);
  if (!isParticle || index === names.length - 1) return false;
  const next = names.slice(index + 1).findIndex((each) => !particles.has(plain(each)));
  const devoted = next >= 0 && devotions.has(plain(names[index + 1 + next]));
  // If a devotion is the last word, it is the last name, because nothing else is left.
  return !devoted || index + 1 + next === names.length - 1;
}

const lowerOnly = (word: string) => lowerParticles.has(plain(word));
const isCapital = (word: string) => particles.has(plain(word)) && !lowerParticles.has(plain(word));
/** Names that end in -ez are last names: Hernández, Ibáñez. */
const isSpanishName = (word = '') => spanishNames.has(plain(word)) || /\w{3}ez$/.test(plain(word));

/** Whether a word follows names without being one: Jr., III, PhD. */
export const isSuffix = (word = ''): boolean => suffixes.has(plain(word));

const plain = (word = '') => fold(word).replace(/[.']/g, '');
