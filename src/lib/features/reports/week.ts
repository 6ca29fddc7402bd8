/** The beginning of this week: Monday, midnight in this device's time zone. */
export function monday(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7));
}
