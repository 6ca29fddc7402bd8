import * as z from 'zod/mini';
import type { Task } from '$lib/entities/task';
import { dayProblem, storedDay } from '$lib/ui/day';
import type { Problems } from '$lib/shared/forms/check';
import type { DraftShape } from '$lib/shared/forms/kept-form';
import { shown, stored } from '$lib/shared/forms/text';
import { subjectKey, subjectShape, type Subject } from '$lib/shared/records/subject';

/** The content of the task form. */
export interface TaskDraft {
  title: string;
  description: string;
  /** `YYYY-MM-DD`, or '' for no date */
  due_on: string;
  priority: string;
  assignee_id: string;
  subject: Subject | null;
}

export const taskDraftShape: DraftShape<TaskDraft> = {
  title: z.string(),
  description: z.string(),
  due_on: z.string(),
  priority: z.string(),
  assignee_id: z.string(),
  subject: z.nullable(subjectShape),
};

/** The form for a task, or for a new one. */
export function taskDraft(task?: Partial<Task>): TaskDraft {
  return {
    title: shown(task?.title),
    description: shown(task?.description),
    due_on: shown(task?.due_on),
    priority: shown(task?.priority),
    assignee_id: shown(task?.assignee_id),
    subject: task ? subjectOf(task) : null,
  };
}

/** The record a task is about. */
function subjectOf({ contact_id, company_id, deal_id }: Partial<Task>): Subject | null {
  if (contact_id) return { contact_id };
  if (company_id) return { company_id };
  return deal_id ? { deal_id } : null;
}

/** The problems that prevent saving. A date that the task already had is not checked. */
export function checkTask(draft: TaskDraft, seen?: Task): Problems {
  const problems: Problems = {};
  if (!stored(draft.title)) problems.title = 'Enter a title.';
  const problem = draft.due_on === shown(seen?.due_on) ? undefined : dayProblem(draft.due_on);
  if (problem) problems.due_on = problem;
  return problems;
}

/** The task's fields that differ between the two drafts, in their stored form. */
export function taskValues(draft: TaskDraft, begun: TaskDraft): Partial<Task> {
  const values: Partial<Task> = {};
  if (draft.title !== begun.title) values.title = draft.title.trim();
  if (draft.description !== begun.description) values.description = stored(draft.description);
  if (draft.due_on !== begun.due_on) values.due_on = storedDay(draft.due_on);
  if (draft.priority !== begun.priority) values.priority = (draft.priority || null) as Task['priority'];
  if (draft.assignee_id !== begun.assignee_id) values.assignee_id = draft.assignee_id || null;
  if (key(draft.subject) !== key(begun.subject))
    Object.assign(values, { contact_id: null, company_id: null, deal_id: null, ...draft.subject });
  return values;
}

const key = (subject: Subject | null) => (subject ? subjectKey(subject).join() : '');
