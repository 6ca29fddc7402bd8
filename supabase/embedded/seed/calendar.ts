/** The dates of the seed, counted in days from the day of seeding. */
export class Calendar {
  constructor(private readonly now: Date) {}

  /** A date on this machine's calendar, `YYYY-MM-DD`. */
  date(days: number): string {
    const { year, month, day } = this.#parts(days);
    return [year, String(month + 1).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  }

  /** A time on that day as an ISO string, never later than now. */
  time(days: number, hour: number, minute = 0): string {
    const { year, month, day } = this.#parts(days);
    const moment = new Date(year, month, day, hour, minute);
    return new Date(Math.min(moment.getTime(), this.now.getTime())).toISOString();
  }

  #parts(days: number) {
    const moment = new Date(this.now.getFullYear(), this.now.getMonth(), this.now.getDate() + days, 12);
    return { year: moment.getFullYear(), month: moment.getMonth(), day: moment.getDate() };
  }
}
