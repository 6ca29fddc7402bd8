/** Whether two words differ by at most `most` letters that are added, dropped, changed or swapped with the next one. */
function within(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    before = last;
    last = row;
  }
  return (last[b.length] ?? 0) <= most;
}

const digits = (name: string) => name.replace(/\D/g, '');

/** Whether two names are so similar that one may be a typo of the other. Short names and numbers must be equal. */
export function similar(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  return within(a, b, shorter < 5 ? 0 : shorter < 11 ? 1 : 2) && digits(a) === digits(b);
}
