import { expect, test } from 'vitest';
import { fold } from './fold';

test.each([
  ['Łódź', 'lodz'],
  ['Ångström & Søn', 'angstrom & son'],
  ['Straße', 'strasse'],
  ['ÆGIR', 'aegir'],
  ['plain', 'plain'],
  ['Trader Joe’s', "trader joe's"],
  ['Trader Joe‘s', "trader joe's"],
  ['Coca–Cola', 'coca-cola'],
  ['Casa\u00a0Verde', 'casa verde'],
  ['Ｔａｎａｋａ', 'tanaka'],
  ['ﬁnch', 'finch'],
  ['µBrew', 'μbrew'],
  ['Ωμέγας', 'ωμεγασ'],
  ['İlker Işık', 'ilker isik'],
  ['й', 'и'],
  ['ｶﾞｽ', 'ガス'],
])('%s is found by %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each([
  ['バンド', 'ハント'],
  ['バ', 'ハ'],
  ['कीमत', 'कमत'],
  ['ร้านดี', 'ร้านดู'],
])('%s is not found by %s, whose marks make other letters', (text, typed) => {
  expect(fold(text)).not.toContain(fold(typed));
});

test('half a Korean syllable finds the whole one', () => {
  expect(fold('김가영')).toContain(fold('기'));
});
