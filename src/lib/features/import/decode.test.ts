import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decode } from './decode';

const bytes = (...values: number[]) => new Uint8Array(values);
const text = async (...values: number[]) => (await decode(bytes(...values))).text;
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((letter, index) => view.setUint16(index * 2, letter.charCodeAt(0), littleEndian));
  return [...new Uint8Array(view.buffer)];
};
const sample = 'Name,Ort\nZoë,Łódź';
const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const fixture = async (name: string) => decode(readFileSync(`tests/fixtures/${name}.csv`));

/** The bytes of a text in an encoding with one or two bytes for each sign. */
function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const known = new Map<string, number[]>();
  for (let high = 255; high >= 0; high--) {
    for (let low = 255; low >= 0x40 && high > 0x80; low--)
      known.set(decoder.decode(bytes(high, low)), [high, low]);
    known.set(decoder.decode(bytes(high)), [high]);
  }
  return bytes(...[...text].flatMap((sign) => known.get(sign) ?? [0x3f]));
}

test('UTF-8 is read with and without a byte order mark', async () => {
  expect(await text(...utf8(sample))).toBe(sample);
  expect(await text(0xef, 0xbb, 0xbf, ...utf8(sample))).toBe(sample);
});

test('UTF-16 is read in both byte orders, also without a mark', async () => {
  expect(await text(0xff, 0xfe, ...utf16(sample, true))).toBe(sample);
  expect(await text(0xfe, 0xff, ...utf16(sample, false))).toBe(sample);
  expect(await text(...utf16(sample, true))).toBe(sample);
  expect(await text(...utf16(sample, false))).toBe(sample);
});

test.each([
  ['windows-1252', 'Name,City\nRenée,Genève'],
  ['windows-1252', 'Name;Ort\nJörg Größe;Köln'],
  ['windows-1252', 'Zoë;ß'],
  ['windows-1252', 'Name,City\nJoão,São Paulo\nIñaki,Logroño'],
  ['windows-1252', 'Name,City\nÞórður Guðmundsson,Ísafjörður'],
  ['windows-1252', 'Name,Price\nAnn,£ 100\nBob,5½'],
  ['windows-1252', 'Name,City\nMuñoz,Peña'],
  ['windows-1252', 'Name,City\nNiccolò,Forlì'],
  ['windows-1252', 'Name,City\nSøren,x'],
  ['windows-1250', 'Name,City\nGdańsk,Kraków'],
  ['windows-1250', 'Name,City\nGyőr,x'],
  ['windows-1250', 'Name,City\nBrăila,x'],
  ['windows-1250', 'Name,City\nZdeněk,x'],
  ['windows-1250', 'Name;City\nŁukasz Żółć;Łódź'],
  ['windows-1250', 'Jméno;Město\nJiří Dvořák;Plzeň\nŠárka Nováková;Žďár'],
  ['windows-1250', 'Ime;Grad\nŽeljko Đurić;Čakovec'],
  ['iso-8859-2', 'Jméno;Město\nJiří Dvořák;Plzeň\nŠárka Nováková;Žďár'],
  ['windows-1251', 'First name,City\nОлександр,Київ'],
  ['windows-1251', 'First name,City\nОльга,x'],
  ['windows-1251', 'First name,City\nИВАН,x'],
  ['koi8-r', 'Имя;Город\nИван Петров;Москва'],
  ['ibm866', 'Имя;Город\nИван Петров;Москва'],
  ['windows-1253', 'Όνομα;Πόλη\nΓιώργος;Αθήνα'],
  ['windows-1254', 'First name,Last name,City\nAyşe,Doğan,Muğla'],
  ['windows-1254', 'Ad,Soyad\nİzmir,x'],
  ['windows-1254', 'Ad;Soyad;Şehir\nIşık;Yılmaz;İstanbul'],
  ['windows-1255', 'First name,Last name\nדן,שלום'],
  ['windows-1256', 'First name,Last name\nمحمد,علي'],
  ['windows-1257', 'Vardas;Miestas\nŽydrūnas;Šiauliai\nJūratė;Panevėžys'],
  ['macintosh', 'First name,Last name,City\nRenée,Müller,Zürich\nJosé,Núñez,Málaga'],
  ['macintosh', 'Name,City\nRenée,Genève'],
  ['shift_jis', 'First name,Last name,Company\n花子,佐藤,株式会社サンプル'],
  ['shift_jis', 'Name,Kana,City\n太郎,ﾔﾏﾀﾞ,東京'],
  ['euc-jp', '会社\n株式会社サンプル'],
  ['gb18030', 'First name,Last name,Company\n伟,王,上海贸易有限公司'],
  ['gb18030', '姓名\n张三'],
  ['big5', '姓名,公司\n陳大文,台北食品公司'],
  ['euc-kr', '이름,회사\n김철수,서울식품'],
])('%s is recognized, and its letters are read as written: %j', async (encoding, written) => {
  expect(await decode(encoded(written, encoding))).toEqual({ text: written, encoding, mixed: false });
});

test('reads short files from other countries correctly', async () => {
  expect((await fixture('win1250-hu')).text).toContain('Győző Kőszegi;Zenc Hűtő;Győr');
  expect((await fixture('win1250-pl')).text).toContain('Łukasz Żółć;Zenc Piekarnia;Łódź');
  expect((await fixture('win1251-ru')).text).toContain('Иван Петров;Zenc Хлеб;Москва');
  expect((await fixture('sjis-jp')).text).toContain('Zenc,山田 太郎,Zenc 株式会社,東京');
});

test('one line in another encoding does not spoil the others', async () => {
  const file = await fixture('mixed-utf8-latin1');
  expect(file).toMatchObject({ mixed: true, encoding: 'windows-1252' });
  expect(file.text).toContain('Renée One,Zürich\r\nZenc,Renée Two,Genève');
  const polish = 'Name,City\n' + 'Łukasz,Łódź\n'.repeat(5);
  const mixed = await decode(bytes(...utf8(polish), ...encoded('Żaneta,Gdańsk\n', 'windows-1250')));
  expect(mixed).toEqual({ text: `${polish}Żaneta,Gdańsk\n`, encoding: 'windows-1250', mixed: true });
});

test('one foreign byte in a line leaves the other letters of the line', async () => {
  expect(await text(...utf8('Name,City\nŁódź,Gen'), 0xe8, ...utf8('ve\n'))).toBe('Name,City\nŁódź,Genève\n');
});

test('reads old Mac line ends and lines with emoji separately', async () => {
  const lines = ['Name,City', 'Zoë,Köln', 'André,Genève', ''];
  const [names = '', first = '', second = ''] = lines;
  const cr = bytes(...utf8(`${names}\r${first}\r`), ...encoded(`${second}\r`, 'windows-1252'));
  expect((await decode(cr)).text).toBe(lines.join('\r'));
  expect(await text(...utf8('Name\nZoë\nRen'), 0xe9, ...utf8('e 🎉\n'))).toBe('Name\nZoë\nRenée 🎉\n');
});

test('uses the encoding that the person chose', async () => {
  const file = encoded('Name\nGyõzõ\n', 'windows-1252');
  expect((await decode(file, 'windows-1250')).text).toBe('Name\nGyőző\n');
  expect((await decode(file, 'windows-1252')).text).toBe('Name\nGyõzõ\n');
});

test('the DOS end-of-file sign is not a row', async () => {
  expect(await text(...utf8('Name\nAnn\r\n'), 0x1a)).toBe('Name\nAnn\r\n');
  const filled = Array.from({ length: 40 }, () => 0x1a);
  expect(await text(...utf8('Name\nAnn\r\n'), ...filled)).toBe('Name\nAnn\r\n');
  expect(await text(...utf8('Name\nAnn\r\n'), 0x1a, ...filled.fill(0))).toBe('Name\nAnn\r\n');
});

test('a second byte order mark is not part of a column name', async () => {
  expect(await text(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, ...utf8('Name\nAnn\n'))).toBe('Name\nAnn\n');
});

test('UTF-16 without a mark is recognized in every script', async () => {
  const file = 'Имя,Город\nИван,Москва\n';
  expect(await text(...utf16(file, true))).toBe(file);
});

test('a workbook, a picture and a program are told apart from text', async () => {
  await expect(text(0x50, 0x4b, 3, 4, 20)).rejects.toThrow(/workbook/);
  await expect(text(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)).rejects.toThrow(/not a text file/);
  await expect(text(...Array.from({ length: 400 }, (_, index) => (index * 37) % 256))).rejects.toThrow(
    /not a text/,
  );
});
