import type { Mergeable } from '$lib/store/merge-records';

interface Choice {
  id: string;
  label: string;
}

/** Filters that every list offers besides owner and tag. The list's `arrange` implements them. */
export const presets: Record<Mergeable, Choice[]> = {
  contacts: [
    { id: 'quiet', label: 'Quiet for 30 days' },
    { id: 'new', label: 'New this week' },
    { id: 'free', label: 'No owner' },
  ],
  companies: [
    { id: 'open', label: 'Open deals' },
    { id: 'new', label: 'New this week' },
    { id: 'free', label: 'No owner' },
  ],
};

/** The sort orders of a list. An empty string is its own order, by name. */
export const sorts: Record<Mergeable, Choice[]> = {
  contacts: [
    { id: '', label: 'Name' },
    { id: 'first_name', label: 'First name' },
    { id: 'company', label: 'Company' },
    { id: 'title', label: 'Title' },
    { id: 'contacted', label: 'Last contacted' },
    { id: 'added', label: 'Newest' },
  ],
  companies: [
    { id: '', label: 'Name' },
    { id: 'segment', label: 'Segment' },
    { id: 'city', label: 'City' },
    { id: 'priority', label: 'Priority' },
    { id: 'deals', label: 'Open deals' },
    { id: 'people', label: 'People' },
    { id: 'added', label: 'Newest' },
  ],
};
