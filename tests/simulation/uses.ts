import { vi } from 'vitest';
import { fetchLogPage } from '$lib/shared/history/remote';
import { everything } from '$lib/shared/history/entry';
import { exportLog } from '$lib/features/activity-log/export-log';
import * as bulk from '$lib/shared/bulk/mutations';
import { companyDraft } from '$lib/features/companies/draft';
import * as companies from '$lib/features/companies/mutations';
import { mergeAgain } from '$lib/features/conflicts/merge-again';
import * as conflicts from '$lib/features/conflicts/mutations';
import { contactDraft } from '$lib/features/contacts/draft';
import * as contacts from '$lib/features/contacts/mutations';
import { archiveDeals, moveDeals } from '$lib/features/deals/bulk';
import { dealDraft } from '$lib/features/deals/draft';
import { keepLostReason, moveDeal } from '$lib/shared/pipeline/move';
import { Moves } from '$lib/features/deals/moves.svelte';
import * as deals from '$lib/features/deals/mutations';
import { exportCsv } from '$lib/shared/export/export-csv';
import { addSample, removeSample } from '$lib/features/dashboard/sample';
import { sampleRows } from '$lib/features/dashboard/sample-rows';
import { contactImport } from '$lib/features/import/import.svelte';
import { guessColumns } from '$lib/features/import/guess';
import { readCsv } from '$lib/features/import/read-csv';
import { ImportRun } from '$lib/features/import/run.svelte';
import { undoImport } from '$lib/features/import/undo';
import { writeRows } from '$lib/features/import/write-rows';
import * as maintenance from '$lib/features/settings/maintenance/mutations';
import { merge } from '$lib/shared/duplicates/merge';
import * as notes from '$lib/shared/notes/mutations';
import * as deleted from '$lib/shared/records/deleted';
import * as views from '$lib/shared/lists/saved-view-mutations';
import { recordSearch } from '$lib/shell/search/record-search';
import { toggleTask } from '$lib/shared/tasks/complete';
import { taskDraft } from '$lib/shared/tasks/draft';
import { addFollowUp } from '$lib/shared/tasks/follow-up';
import * as tasks from '$lib/shared/tasks/mutations';
import { invite } from '$lib/features/settings/team/invite';
import * as team from '$lib/features/settings/team/mutations';
import { reassign } from '$lib/features/settings/team/reassign';
import { exportVcards } from '$lib/shared/export/export-vcards';
import { recordPrint, recordVisit } from '$lib/features/visits/record-visit';
import { currentStore } from '$lib/store/current';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import type { Known } from './office';

const anyStore = { userId: '', now: () => new Date(), newId: () => crypto.randomUUID() } as Store;
const csv = new File(['First name,Last name\nImported,Person\n'], 'people.csv');
const page = '/(app)/contacts/[id]';

const importFile = async () => {
  await contactImport.choose(csv);
  contactImport.start();
  await vi.waitUntil(() => contactImport.run?.state === 'done');
};
const moveTwice = async ({ deal }: Known) => {
  const moves = new Moves();
  await moves.move(deal, 'demo_scheduled');
  moves.remark = 'They liked it';
  await moves.keepRemark();
};

const samples = (action: string) => sampleRows(anyStore).edits.map(({ entity }) => `${action} ${entity}`);

/**
 * How each exported function of the features that writes, logs or calls the server is used, and the entries that it
 * adds to the log: exactly these, once. The keys are those of `writers`.
 */
export const uses: Record<string, [use: (known: Known) => unknown, ...logged: string[]]> = {
  // The page that shows it logs its opening; a browser test opens all pages.
  'shared/history/remote#fetchLogPage': [() => fetchLogPage(everything, null)],
  'features/activity-log/export-log#exportLog': [
    () => exportLog(fetchLogPage, everything, () => undefined),
    'export activity_logs',
  ],
  'shared/bulk/mutations#addTag': [
    ({ contact, twin }) => bulk.addTag('contacts', [contact, twin], 'fair'),
    'update contacts',
    'update contacts',
  ],
  'shared/bulk/mutations#assign': [
    ({ me, company }) => bulk.assign('companies', [company], me),
    'update companies',
  ],
  'shared/bulk/mutations#change': [
    ({ deal }) => bulk.change([{ op: 'delete', entity: 'deals', id: deal.id }], async () => []),
    'delete deals',
  ],
  'shared/bulk/mutations#remove': [({ twin }) => bulk.remove('contacts', [twin]), 'delete contacts'],
  'features/companies/mutations#saveCompany': [
    () => companies.saveCompany({ ...companyDraft(), name: 'Mill' }),
    'create companies',
  ],
  'features/companies/mutations#saveCompanyField': [
    ({ company }) => companies.saveCompanyField(company, 'city', 'Porto'),
    'update companies',
  ],
  'features/conflicts/merge-again#mergeAgain': [
    ({ contact: { id: into }, twin, clash }) =>
      mergeAgain(currentStore(), {
        ...clash,
        ...{ kind: 'stale', record_id: into, error: { op: 'merge' } },
        patch: { into, from: [twin.id], choices: {} },
      }),
    'resolve conflicts',
    'merge contacts',
  ],
  'features/conflicts/mutations#applyAgain': [
    ({ deleted: row }) => conflicts.applyAgain(row),
    'resolve conflicts',
    'restore contacts',
  ],
  'features/conflicts/mutations#giveUp': [({ deleted: row }) => conflicts.giveUp(row), 'resolve conflicts'],
  'features/conflicts/mutations#resolveField': [
    ({ clash }) => conflicts.resolveField(clash, 'mine', clash.mine),
    'resolve conflicts',
    'update contacts',
  ],
  'features/contacts/mutations#saveContact': [
    () =>
      contacts.saveContact({
        ...contactDraft(),
        first_name: 'Rui',
        company: { id: null, text: 'New company' },
      }),
    'create companies',
    'create contacts',
  ],
  'features/contacts/mutations#saveContactField': [
    ({ twin }) => contacts.saveContactField(twin, 'department', 'Kitchen'),
    'update contacts',
  ],
  'features/deals/bulk#archiveDeals': [({ deal }) => archiveDeals([deal], true), 'update deals'],
  'features/deals/bulk#moveDeals': [({ deal }) => moveDeals([deal], 'closed_won'), 'update deals'],
  'shared/pipeline/move#keepLostReason': [({ lost }) => keepLostReason(lost.id, 'Price'), 'update deals'],
  'shared/pipeline/move#moveDeal': [({ deal }) => moveDeal(deal, 'closed_won'), 'update deals'],
  'features/deals/moves.svelte#Moves': [moveTwice, 'create notes', 'update deals'],
  'features/deals/mutations#archiveDeal': [({ deal }) => deals.archiveDeal(deal, true), 'update deals'],
  'features/deals/mutations#cloneDeal': [({ deal }) => deals.cloneDeal(deal), 'create deals'],
  'features/deals/mutations#saveDeal': [
    () => deals.saveDeal({ ...dealDraft(), name: 'Juice' }),
    'create deals',
  ],
  'shared/export/export-csv#exportCsv': [() => exportCsv('contacts', [], []), 'export contacts'],
  'features/dashboard/sample#addSample': [addSample, ...samples('create')],
  'features/dashboard/sample#removeSample': [
    async () => {
      await addSample();
      await removeSample();
    },
    ...samples('create'),
    ...samples('delete'),
  ],
  'features/import/import.svelte#contactImport': [
    importFile,
    'create contacts',
    'create import_batches',
    'import contacts',
  ],
  'features/import/run.svelte#ImportRun': [
    async () => {
      const table = await readCsv(new File(['Company\nOne\nTwo\n'], 'c.csv'));
      const columns = guessColumns(table.headers, 'companies');
      await new ImportRun('c.csv').start(table, columns, { kind: 'companies', duplicates: 'skip' });
    },
    'create companies',
    'create companies',
    'create import_batches',
    'import companies',
  ],
  'features/import/undo#undoImport': [({ batch }) => undoImport(batch.id), 'update import_batches'],
  'features/import/write-rows#writeRows': [
    () => {
      const values = { first_name: 'Row' };
      const id = currentStore().newId();
      const edits: Edit[] = [{ op: 'insert', entity: 'contacts', id, values }];
      return writeRows(currentStore(), [{ row: 2, name: 'Row', edits }], false);
    },
    'create contacts',
  ],
  'features/settings/maintenance/mutations#announceWindow': [
    () =>
      maintenance.announceWindow({
        ...{ starts: '2199-02-01T00:00', startsTurn: '', ends: '2199-02-01T01:00', endsTurn: '' },
        message: '',
      }),
    'maintenance maintenance_windows',
  ],
  'features/settings/maintenance/mutations#cancelWindow': [
    ({ window }) => maintenance.cancelWindow(window),
    'maintenance maintenance_windows',
  ],
  'features/settings/maintenance/mutations#closeWindow': [
    ({ window }) => maintenance.closeWindow(window),
    'maintenance maintenance_windows',
  ],
  'shared/duplicates/merge#merge': [
    ({ contact, twin }) => merge('contacts', contact, [twin.id], {}),
    'merge contacts',
  ],
  'shared/notes/mutations#addNote': [
    ({ contact }) => notes.addNote({ contact_id: contact.id }, { kind: 'call', body: 'Hello' }),
    'create notes',
  ],
  'shared/notes/mutations#changeNote': [
    ({ note }) => notes.changeNote(note, { kind: 'call', body: 'Called twice' }),
    'update notes',
  ],
  'shared/notes/mutations#deleteNote': [({ note }) => notes.deleteNote(note.id), 'delete notes'],
  'shared/notes/mutations#restoreNote': [
    async ({ note }) => {
      await notes.deleteNote(note.id);
      await notes.restoreNote(note.id);
    },
    'delete notes',
    'restore notes',
  ],
  'shared/records/deleted#remove': [
    ({ company }) => deleted.remove('companies', company.id),
    'delete companies',
  ],
  'shared/records/deleted#restore': [
    async ({ deal }) => {
      await deleted.remove('deals', deal.id);
      await deleted.restore('deals', deal.id);
    },
    'delete deals',
    'restore deals',
  ],
  'shared/lists/saved-view-mutations#deleteView': [
    ({ view }) => views.deleteView(view.id),
    'delete saved_views',
  ],
  'shared/lists/saved-view-mutations#restoreView': [
    async ({ view }) => {
      await views.deleteView(view.id);
      await views.restoreView(view.id);
    },
    'delete saved_views',
    'restore saved_views',
  ],
  'shared/lists/saved-view-mutations#saveView': [
    () => views.saveView('deals', 'Big ones', {}),
    'create saved_views',
  ],
  'shell/search/record-search#recordSearch': [() => recordSearch('contacts'), 'search contacts'],
  'shared/tasks/complete#toggleTask': [({ task }) => toggleTask(task, true), 'update tasks'],
  'shared/tasks/follow-up#addFollowUp': [({ note }) => addFollowUp(note, '2030-01-01'), 'create tasks'],
  'shared/tasks/mutations#deleteTask': [({ task }) => tasks.deleteTask(task.id), 'delete tasks'],
  'shared/tasks/mutations#restoreTask': [
    async ({ task }) => {
      await tasks.deleteTask(task.id);
      await tasks.restoreTask(task.id);
    },
    'delete tasks',
    'restore tasks',
  ],
  'shared/tasks/mutations#saveTask': [
    () => tasks.saveTask({ ...taskDraft(), title: 'Write' }),
    'create tasks',
  ],
  'shared/tasks/mutations#setTaskDone': [({ task }) => tasks.setTaskDone(task.id, true), 'update tasks'],
  'features/settings/team/invite#invite': [
    () => invite({ email: 'new@example.com', role: 'rep', full_name: null }),
    'invite invitations',
  ],
  'features/settings/team/mutations#rename': [
    ({ colleague }) => team.rename(colleague, 'Sam'),
    'update members',
  ],
  'features/settings/team/mutations#setActive': [
    async ({ colleague }) => {
      await team.setActive(colleague, false);
      await team.setActive({ ...colleague, active: false }, true);
    },
    'deactivate members',
    'reactivate members',
  ],
  'features/settings/team/mutations#setRole': [
    ({ colleague }) => team.setRole(colleague, 'manager'),
    'role_change members',
  ],
  'features/settings/team/reassign#reassign': [
    ({ me, colleague }) => reassign(colleague.id, me),
    'update companies',
    'update contacts',
  ],
  'shared/export/export-vcards#exportVcards': [
    ({ contact }) => exportVcards([contact.id]),
    'export contacts',
  ],
  'features/visits/record-visit#recordPrint': [
    ({ contact }) => recordPrint(page, contact.id),
    'print contacts',
  ],
  'features/visits/record-visit#recordVisit': [
    ({ contact }) => recordVisit(page, contact.id),
    'view contacts',
  ],
};
