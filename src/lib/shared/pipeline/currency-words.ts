import { currencyCodes, isCurrency } from '$lib/entities/currencies';
import { fold } from '$lib/text/fold';

/** The currencies that a sign or word can mean; the first is meant if nothing else is said, null if none is. */
type Meanings = readonly [usual: string | null, ...others: string[]];

const list = (codes: string): [string, ...string[]] => codes.split(' ') as [string, ...string[]];

const dollars: Meanings = list(
  'USD CAD AUD NZD SGD HKD TWD BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD',
);
const pesos = list('MXN ARS CLP COP CUP DOP UYU');

const words = new Map<string, Meanings>();
const means = (meanings: Meanings, ...names: string[]) =>
  names.forEach((name) => words.set(plain(name), meanings));

means([...dollars, ...pesos], '$');
means(dollars, 'dollar', 'dollars', 'dolar', 'dolares');
means([null, ...pesos, 'PHP'], 'peso', 'pesos');
means(
  list('GBP EGP FKP GIP LBP SDG SHP SSP SYP'),
  ...['£', 'pound', 'pounds', 'pfund', 'livre', 'livres', 'libra', 'libras'],
);
means(list('GBP'), 'pound sterling', 'pounds sterling', 'gb£', 'uk£', 'sterling', 'stg');
means([null, ...list('SEK NOK DKK ISK CZK')], 'kr', 'krone', 'kronen', 'krona', 'kronor', 'kroner', ':-');
means([null, ...list('INR PKR LKR NPR MUR SCR')], 'rs', '₨', 'rupee', 'rupees');
means(list('CHF XAF XOF XPF BIF CDF DJF GNF KMF RWF'), 'fr', 'franc', 'francs', 'franken', 'sfr', 'stutz');
means([null, 'XOF', 'XAF'], 'cfa', 'fcfa', 'f cfa', 'franc cfa', 'francs cfa');
means([null, ...list('KWD BHD JOD TND IQD DZD LYD RSD')], 'dinar', 'dinars');
means([null, ...list('KES UGX TZS SOS')], 'shilling', 'shillings');
means(list('AED MAD'), 'dirham', 'dirhams');
means(list('SAR QAR OMR YER IRR'), 'riyal', 'riyals', '﷼');
means(['JPY', 'CNY'], '¥', '￥');
means(['TRY', 'SYP', 'LBP'], 'lira');
means(['RUB', 'BYN'], 'руб', 'рублей', 'рубль', 'rubel', 'rubles');
means(['RON', 'MDL'], 'lei', 'leu');
means(['USD'], '$ us', 'us', '$ u s');
means(['CAD'], '$ ca', '$ can', '$ c');
means(['MXN'], 'm n', 'moneda nacional');
means(['INR'], '₹');
// A single letter is not enough if nothing else names its currency.
for (const pair of ['GTQ q', 'HNL l', 'THB b', 'MAD dh', 'BAM km', 'VND đ', 'EGP le']) {
  const [code = '', ...names] = pair.split(' ');
  means([null, code], ...names);
}
for (const pair of [
  'USD us$ usd$ $us',
  'CAD ca$ c$ cad$ can$ $ca $can',
  'AUD au$ a$ aud$',
  'NZD nz$ nzd$',
  'SGD s$ sg$',
  'HKD hk$',
  'TWD nt$',
  'MXN mx$ mxn$ mex$ mn',
  'ARS ar$',
  'CLP clp$',
  'COP col$ cop$',
  'DOP rd$',
  'UYU $u uy$',
  'JMD j$',
  'TTD tt$',
  'BBD bds$',
  'XCD ec$',
  'BRL r$ real reais',
  'EUR € euro euros eur евро ευρω',
  'JPY 円 日本円 yen',
  'CNY 元 人民币 人民幣 yuan rmb renminbi cn¥',
  'PLN zl zloty zlotych',
  'CZK kc koruna korun koruny',
  'HUF ft forint',
  'BGN лв lev leva',
  'RUB ₽ rub р',
  'UAH ₴ грн hryvnia',
  'TRY ₺ tl',
  'ILS ₪ nis shekel shekels',
  'KRW ₩ 원 won',
  'VND ₫ dong vnđ',
  'THB ฿ baht บาท',
  'PHP ₱ php₱',
  'NGN ₦ naira',
  'KZT ₸',
  'GEL ₾',
  'AMD ֏',
  'AZN ₼',
  'ZAR r rand',
  'IDR rp rupiah',
  'MYR rm ringgit',
  'PEN s/ soles',
  'CRC ₡',
  'PYG ₲ gs',
  'GHS ₵ gh₵ gh¢',
  'BOB bs',
  'PAB b/',
  'HRK kn kuna',
  'RSD din дин',
  'KES ksh kshs',
  'UGX ush',
  'TZS tsh',
  'ETB br birr',
  'BDT ৳ tk taka',
  'LKR රු',
  'SEK skr',
  'NOK nkr',
  'DKK dkr',
  'ISK ikr',
  'AED dhs د.إ',
  'SAR sr ر.س',
  'EGP e£ ج.م',
  'KWD kd د.ك',
  'BHD bd د.ب',
  'JOD jd',
  'TND dt',
]) {
  const [code = '', ...names] = pair.split(' ');
  means([code], ...names);
}

/** The form in which the table stores names. This is a function, because filling the table uses it. */
function plain(text: string): string {
  return fold(text.normalize('NFKC'))
    .replace(/\./g, '')
    .replace(/[()\s]+/g, ' ')
    .trim();
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl'];

/** The result of `names` for each language and currency, with the currency. */
function namesBy(names: (language: string) => (code: string) => string[]): Map<string, string> {
  return new Map(
    languages.flatMap((language) => {
      const of = names(language);
      return currencyCodes.flatMap((code) => of(code).map((name): [string, string] => [plain(name), code]));
    }),
  );
}

let single: Map<string, string> | undefined;
let plural: Map<string, string> | undefined;
/** The currency of a name in one of several languages, as browsers know them: "Swiss franc", "dollars canadiens". */
function byName(name: string): string | undefined {
  if (!/\p{L}{3}/u.test(name)) return undefined;
  single ??= namesBy((language) => {
    const names = new Intl.DisplayNames(language, { type: 'currency' });
    return (code) => [names.of(code) ?? code];
  });
  const found = single.get(name) ?? single.get(name.replace(/s$/, ''));
  if (found || !name.includes(' ')) return found;
  plural ??= namesBy((language) => (currency) => {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'name' });
    return [1, 5].map((n) => format.formatToParts(n).find(({ type }) => type === 'currency')?.value ?? '');
  });
  return plural.get(name);
}

/** The currencies that a single name can mean; undefined if it does not name one. */
function meaningsOf(name: string): Meanings | undefined {
  if (isCurrency(name.toUpperCase())) return [name.toUpperCase()];
  const code = words.has(name) ? undefined : byName(name);
  return words.get(name) ?? (code === undefined ? undefined : [code]);
}

/** The currencies that a text can mean, even if it names one twice: "CAD $", "Euro (€)", "USD - US Dollar". */
function meaningsIn(text: string): Meanings | undefined {
  const whole = meaningsOf(plain(text));
  if (whole) return whole;
  const pieces = text.split(/[()[\],;:|]+|\s[-–—/]\s/).map(plain);
  const found = pieces
    .filter(Boolean)
    .flatMap((piece) => (meaningsOf(piece) ? [piece] : piece.split(' ')))
    .map(meaningsOf);
  const known = found.filter((meanings) => meanings !== undefined);
  if (known.length < 2 || known.length < found.length) return undefined;
  const [first, ...others] = known.map((meanings): (string | null)[] => [...meanings]);
  const common = first?.filter((code) => others.every((meanings) => meanings.includes(code))) ?? [];
  const [usual, ...rest] = common;
  return usual === undefined ? undefined : [usual, ...rest.filter((code) => code !== null)];
}

/**
 * The currency that a code, sign or name means: `EUR`, `€`, `Euro`, `US$`, `zł`, `Swiss francs`, `CAD $`.
 * @param other a currency that is named elsewhere; a sign that several share, like `$`, means that one then
 * @returns undefined if it means none, null if it could be several
 */
export function currencyNamed(text: string, other?: string): string | null | undefined {
  const meanings = meaningsIn(text);
  if (!meanings) return undefined;
  return other && meanings.includes(other) ? other : meanings[0];
}

/**
 * The currency in the name of a column: `Amount (EUR)`, `Value in €`, `amount_usd`. A word of three letters may be one
 * by chance, so only one that stands apart counts.
 */
export function currencyInHeader(header: string): string | undefined {
  const name = header.trim();
  const [, apart] = /[([](.+?)[)\]]/.exec(name) ?? /\bin\s+(\S+)$/i.exec(name) ?? [];
  const own = apart && currencyNamed(apart);
  if (own) return own;
  const isAllCapitals = name === name.toUpperCase();
  const parts = name.split(/[\s()[\]_,/-]+/).filter((part, index) => {
    const isCode = index > 0 && !isAllCapitals && /^[A-Z]{3}$/.test(part);
    return (
      isCode || /^[A-Z]*\p{Sc}[A-Z]*$/u.test(part) || /_(usd|eur|gbp|cad|mxn|chf|aud)$/i.test(`_${part}`)
    );
  });
  return parts.map((part) => currencyNamed(part) ?? undefined).find(Boolean);
}

/** The currency that a typed amount names, if it is not the one chosen beside it. */
export function currencyIn(amount: string, chosen: string): string | undefined {
  const named = currencyNamed(amount.replace(/[\d.,'’\s_()+-]+/g, ''), chosen);
  return named && named !== chosen ? named : undefined;
}
