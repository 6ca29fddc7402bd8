/** "Good morning, Nora"; without a name just the greeting. */
export function greeting(now: Date, fullName: string | null | undefined): string {
  const hour = now.getHours();
  const words = hour < 5 || hour >= 18 ? 'Good evening' : hour < 12 ? 'Good morning' : 'Good afternoon';
  const [first] = (fullName ?? '').trim().split(/\s+/);
  return first ? `${words}, ${first}` : words;
}
