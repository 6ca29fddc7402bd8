const key = 'atomic-crm:days';

/** The number of days on which the app was used on this device, including today. */
export function daysUsed(today: string): number {
  try {
    const [count = '0', last] = (localStorage.getItem(key) ?? '').split(' ');
    const before = /^\d+$/.test(count) ? Number(count) : 0;
    const days = last === today ? before : before + 1;
    localStorage.setItem(key, `${days} ${today}`);
    return days;
  } catch {
    return 0;
  }
}
