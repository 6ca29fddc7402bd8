import { currencyCodes, isCurrency } from '$lib/entities/currencies';
import { fold } from '$lib/ui/fold';

/** The currencies that a sign or word can mean; the first is meant if nothing else is said, null if none is. */
type Meanings = readonly [usual: string | null, ...others: string[]];

const dollars: Meanings = [
  ...([
    'USD',
    'CAD',
    'AUD',
    'NZD',
    'SGD',
    'HKD',
    'TWD',
    'BBD',
    'BMD',
    'BND',
    'BSD',
    'BZD',
    'FJD',
    'GYD',
  ] as const),
  ...[
    'JMD',
    'KYD',
    'LRD',
    'NAD',
    'SBD',
    'SRD',
    'TTD',
    'XCD',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'CUP',
    'DOP',
    'UYU',
  ],
];
const pesos: Meanings = [null, 'MXN', 'ARS', 'CLP', 'COP', 'CUP', 'DOP', 'PHP', 'UYU'];
const pounds: Meanings = ['GBP', 'EGP', 'FKP', 'GIP', 'LBP', 'SDG', 'SHP', 'SSP', 'SYP'];
const krones: Meanings = [null, 'SEK', 'NOK', 'DKK', 'ISK', 'CZK'];
const rupees: Meanings = [null, 'INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'];
const francs: Meanings = ['CHF', 'XAF', 'XOF', 'XPF', 'BIF', 'CDF', 'DJF', 'GNF', 'KMF', 'RWF'];

const words = new Map<string, Meanings>();
const means = (meanings: Meanings, ...names: string[]) => names.forEach((name) => words.set(name, meanings));

means(dollars, '$', 'dollar', 'dollars');
means(pesos, 'peso', 'pesos');
means(
  pounds,
  '£',
  'pound',
  'pounds',
  'pfund',
  'livre',
  'livres',
  'libra',
  'libras',
  'pound sterling',
  'pounds sterling',
);
means(krones, 'kr', 'krone', 'kronen', 'krona', 'kronor', 'kroner');
means(rupees, 'rs', '₨', 'rupee', 'rupees');
means(francs, 'fr', 'franc', 'francs', 'franken', 'sfr', 'stutz');
means(['JPY', 'CNY'], '¥', '￥');
means(['INR'], '₹');
for (const pair of [
  'USD us$ usd$ $us',
  'CAD ca$ c$ cad$ can$',
  'AUD au$ a$ aud$',
  'NZD nz$ nzd$',
  'SGD s$ sg$',
  'HKD hk$',
  'TWD nt$',
  'MXN mx$ mxn$ mex$',
  'ARS ar$',
  'CLP clp$',
  'COP col$ cop$',
  'BRL r$ real reais',
  'EUR € euro euros eur',
  'JPY 円 yen',
  'CNY 元 yuan rmb renminbi cn¥',
  'PLN zl zloty zlotych',
  'CZK kc koruna',
  'HUF ft forint',
  'RON lei leu',
  'BGN лв lev leva',
  'RUB ₽ rub руб rubel rubles',
  'UAH ₴ грн hryvnia',
  'TRY ₺ tl lira',
  'ILS ₪ nis shekel shekels',
  'KRW ₩ 원 won',
  'VND ₫ dong',
  'THB ฿ baht',
  'PHP ₱',
  'NGN ₦ naira',
  'KZT ₸',
  'GEL ₾',
  'ZAR r rand',
  'IDR rp rupiah',
  'MYR rm ringgit',
  'PEN s/ soles',
  'CRC ₡',
  'PYG ₲',
  'GHS ₵',
  'SEK skr',
  'NOK nkr',
  'DKK dkr',
  'ISK ikr',
  'AED dirham dirhams',
  'SAR riyal riyals',
  'GBP gb£ sterling',
]) {
  const [code = '', ...names] = pair.split(' ');
  means([code], ...names);
}

const plain = (text: string) =>
  fold(text.normalize('NFKC'))
    .replace(/[().\s]+/g, ' ')
    .trim();

let named: Map<string, string> | undefined;
/** The names of currencies in several languages, as browsers know them. */
function byName(name: string): string | undefined {
  named ??= new Map(
    ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl'].flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'currency' });
      return currencyCodes.map((code): [string, string] => [plain(names.of(code) ?? code), code]);
    }),
  );
  return named.get(name) ?? named.get(name.replace(/s$/, ''));
}

/**
 * The currency that a code, sign or name means: `EUR`, `€`, `Euro`, `US$`, `zł`, `Swiss francs`.
 * @param other a currency that is named elsewhere; a sign that several share, like `$`, means that one then
 * @returns undefined if it means none, null if it could be several
 */
export function currencyNamed(text: string, other?: string): string | null | undefined {
  const name = plain(text);
  if (isCurrency(name.toUpperCase())) return name.toUpperCase();
  const meanings = words.get(name);
  if (!meanings) return byName(name);
  return other && meanings.includes(other) ? other : meanings[0];
}

/** The currency in the name of a column: `Amount (EUR)`, `Value in €`. */
export function currencyInHeader(header: string): string | undefined {
  const parts = header.split(/[\s()[\]_,/-]+/).filter((part) => part === part.toUpperCase() && part !== '');
  return parts.map((part) => currencyNamed(part) ?? undefined).find(Boolean);
}

/** The currency that a typed amount names, if it is not the one chosen beside it. */
export function currencyIn(amount: string, chosen: string): string | undefined {
  const named = currencyNamed(amount.replace(/[\d.,'’\s_()+-]+/g, ''), chosen);
  return named && named !== chosen ? named : undefined;
}
