import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitName } from './split-name';

test.each([
  ['Robert Downey Jr.', 'Robert', 'Downey Jr.'],
  ['Robert Downey, Jr.', 'Robert', 'Downey, Jr.'],
  ['Downey, Robert', 'Robert', 'Downey'],
  ['Downey, Robert, Jr.', 'Robert', 'Downey, Jr.'],
  ['Davis Love III', 'Davis', 'Love III'],
  ['Jane Doe, MD, PhD', 'Jane', 'Doe, MD, PhD'],
  ['Jane Doe Ph.D.', 'Jane', 'Doe Ph.D.'],
  ['Smith Jr.', '', 'Smith Jr.'],
  ['Smith, Jr.', '', 'Smith, Jr.'],
  ['Acosta, PhD', '', 'Acosta, PhD'],
  ['Penélope Cruz Sánchez', 'Penélope', 'Cruz Sánchez'],
  ['João Souza Filho', 'João', 'Souza Filho'],
  ['José Neto', 'José', 'Neto'],
  ['Gabriel García Márquez', 'Gabriel', 'García Márquez'],
  ['María José Hernández López', 'María José', 'Hernández López'],
  ['Juan Carlos Reyes', 'Juan Carlos', 'Reyes'],
  ['Andrés Manuel López Obrador', 'Andrés Manuel', 'López Obrador'],
  ['Ana García de la Cruz', 'Ana', 'García de la Cruz'],
  ['José Ortega y Gasset', 'José', 'Ortega y Gasset'],
  ['María del Carmen Gómez', 'María del Carmen', 'Gómez'],
  ['María de los Ángeles Pérez Ruiz', 'María de los Ángeles', 'Pérez Ruiz'],
  ['Luisa del Carmen', 'Luisa', 'del Carmen'],
  ['Juan De La Cruz', 'Juan', 'De La Cruz'],
  ['Anna Maria de Boer', 'Anna Maria', 'de Boer'],
  ['Rembrandt van der Berg', 'Rembrandt', 'van der Berg'],
  ['Dick Van Dyke', 'Dick', 'Van Dyke'],
  ['Osama bin Said', 'Osama', 'bin Said'],
  ['Al Pacino', 'Al', 'Pacino'],
  ['Mary Ben Jones', 'Mary Ben', 'Jones'],
  ['Mary Jane Watson', 'Mary Jane', 'Watson'],
  ['Anna St. John', 'Anna', 'St. John'],
  ['Aung San Suu Kyi', 'Aung San Suu', 'Kyi'],
  ['Maria da Silva Santos', 'Maria', 'da Silva Santos'],
  ['Ana Ibáñez Ruiz', 'Ana', 'Ibáñez Ruiz'],
  ['Inez Brown', 'Inez', 'Brown'],
  ['William Gates 3rd', 'William', 'Gates 3rd'],
  ['John Smith V', 'John', 'Smith V'],
  ['Anna V', 'Anna', 'V'],
  ['John Smith Ph. D.', 'John', 'Smith Ph. D.'],
  ['Jane Smith (Ops)', 'Jane', 'Smith (Ops)'],
  ['Khalid Al Mansour', 'Khalid', 'Al Mansour'],
  ['Mohammed Bin Salman', 'Mohammed', 'Bin Salman'],
  ['Conor Mc Gregor', 'Conor', 'Mc Gregor'],
  ['Cher', 'Cher', ''],
  ['李 小龙', '李', '小龙'],
  ['', '', ''],
])('%s is %s and %s', (name, first, last) => {
  expect(splitName(name)).toEqual({ first, last });
});

test('no word of a name is lost', () => {
  const word = fc.constantFrom(
    'Ana',
    'de',
    'la',
    'García',
    'Jr.',
    'y',
    'van',
    'López',
    'III',
    'Carmen',
    'Filho',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
      const { first, last } = splitName(words.join(' '));
      expect([first, last].filter(Boolean).join(' ')).toBe(words.join(' '));
    }),
  );
});
