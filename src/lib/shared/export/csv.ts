/** A column of an exported table. */
export interface Column<Row> {
  header: string;
  /** A phone number may begin with a plus sign; every other text that a spreadsheet could run gets a quote. */
  kind?: 'phone';
  value(row: Row): string | number | null | undefined;
}

const byteOrderMark = '\uFEFF';
// A text that already begins with such a quote gets another one, so that removing one gives the text back.
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const phoneNumber = /^\+\d[\d\s()./-]*(\s*(x|ext\.?)\s*\d+)?$/i;

/** The text, with a leading quote if a spreadsheet would take it for a formula. */
export function neutralise(text: string, kind?: 'phone'): string {
  return formula.test(text) && !(kind === 'phone' && phoneNumber.test(text)) ? `'${text}` : text;
}

/** The rows as CSV, UTF-8 with a byte order mark, so that spreadsheets read accents and run nothing. */
export async function toCsv<Row>(rows: Row[], columns: Column<Row>[]): Promise<string> {
  const { default: papaparse } = await import('papaparse');
  const data = rows.map((row) =>
    columns.map(({ value, kind }) => {
      const cell = value(row) ?? '';
      return typeof cell === 'number' ? cell : neutralise(cell, kind);
    }),
  );
  const headers = columns.map(({ header }) => header);
  return byteOrderMark + papaparse.unparse([headers, ...data], { newline: '\r\n' });
}

/** @param csv the result of `toCsv` */
export const csvFile = (name: string, csv: string): File =>
  new File([csv], name, { type: 'text/csv;charset=utf-8' });
