import { vi } from 'vitest';
import { fetchLogPage } from '$lib/features/activity-log/remote';
import { everything } from '$lib/features/activity-log/entry';
import { exportLog } from '$lib/features/activity-log/export-log';
import * as bulk from '$lib/features/bulk/mutations';
import { companyDraft } from '$lib/features/companies/draft';
import * as companies from '$lib/features/companies/mutations';
import { mergeAgain } from '$lib/features/conflicts/merge-again';
import * as conflicts from '$lib/features/conflicts/mutations';
import { contactDraft } from '$lib/features/contacts/draft';
import * as contacts from '$lib/features/contacts/mutations';
import { archiveDeals, moveDeals } from '$lib/features/deals/bulk';
import { dealDraft } from '$lib/features/deals/draft';
import { keepLostReason, moveDeal } from '$lib/features/deals/move';
import { Moves } from '$lib/features/deals/moves.svelte';
import * as deals from '$lib/features/deals/mutations';
import { exportCsv } from '$lib/features/export/export-csv';
import { addSample, removeSample } from '$lib/features/first-steps/sample';
import { sampleRows } from '$lib/features/first-steps/sample-rows';
import { contactImport } from '$lib/features/import/import.svelte';
import { guessColumns } from '$lib/features/import/guess';
import { readCsv } from '$lib/features/import/read-csv';
import { ImportRun } from '$lib/features/import/run.svelte';
import { undoImport } from '$lib/features/import/undo';
import { writeRows } from '$lib/features/import/write-rows';
import * as maintenance from '$lib/features/maintenance/mutations';
import { merge } from '$lib/features/merge/mutations';
import * as notes from '$lib/features/notes/mutations';
import * as deleted from '$lib/features/records/deleted';
import * as views from '$lib/features/saved-views/mutations';
import { recordSearch } from '$lib/features/search/record-search';
import { toggleTask } from '$lib/features/tasks/complete';
import { taskDraft } from '$lib/features/tasks/draft';
import { addFollowUp } from '$lib/features/tasks/follow-up';
import * as tasks from '$lib/features/tasks/mutations';
import { invite } from '$lib/features/team/invite';
import * as team from '$lib/features/team/mutations';
import { reassign } from '$lib/features/team/reassign';
import { exportVcards } from '$lib/features/vcard/export-vcards';
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
  'activity-log/remote#fetchLogPage': [() => fetchLogPage(everything, null)],
  'activity-log/export-log#exportLog': [
    () => exportLog(fetchLogPage, everything, () => undefined),
    'export activity_logs',
  ],
  'bulk/mutations#addTag': [
    ({ contact, twin }) => bulk.addTag('contacts', [contact, twin], 'fair'),
    'update contacts',
    'update contacts',
  ],
  'bulk/mutations#assign': [({ me, company }) => bulk.assign('companies', [company], me), 'update companies'],
  'bulk/mutations#change': [
    ({ deal }) => bulk.change([{ op: 'delete', entity: 'deals', id: deal.id }], async () => []),
    'delete deals',
  ],
  'bulk/mutations#remove': [({ twin }) => bulk.remove('contacts', [twin]), 'delete contacts'],
  'companies/mutations#saveCompany': [
    () => companies.saveCompany({ ...companyDraft(), name: 'Mill' }),
    'create companies',
  ],
  'companies/mutations#saveCompanyField': [
    ({ company }) => companies.saveCompanyField(company, 'city', 'Porto'),
    'update companies',
  ],
  'conflicts/merge-again#mergeAgain': [
    ({ contact: { id: into }, twin, clash }) =>
      mergeAgain(currentStore(), {
        ...clash,
        ...{ kind: 'stale', record_id: into, error: { op: 'merge' } },
        patch: { into, from: [twin.id], choices: {} },
      }),
    'resolve conflicts',
    'merge contacts',
  ],
  'conflicts/mutations#applyAgain': [
    ({ deleted: row }) => conflicts.applyAgain(row),
    'resolve conflicts',
    'restore contacts',
  ],
  'conflicts/mutations#giveUp': [({ deleted: row }) => conflicts.giveUp(row), 'resolve conflicts'],
  'conflicts/mutations#resolveField': [
    ({ clash }) => conflicts.resolveField(clash, 'mine', clash.mine),
    'resolve conflicts',
    'update contacts',
  ],
  'contacts/mutations#saveContact': [
    () =>
      contacts.saveContact({
        ...contactDraft(),
        first_name: 'Rui',
        company: { id: null, text: 'New company' },
      }),
    'create companies',
    'create contacts',
  ],
  'contacts/mutations#saveContactField': [
    ({ twin }) => contacts.saveContactField(twin, 'department', 'Kitchen'),
    'update contacts',
  ],
  'deals/bulk#archiveDeals': [({ deal }) => archiveDeals([deal], true), 'update deals'],
  'deals/bulk#moveDeals': [({ deal }) => moveDeals([deal], 'closed_won'), 'update deals'],
  'deals/move#keepLostReason': [({ lost }) => keepLostReason(lost.id, 'Price'), 'update deals'],
  'deals/move#moveDeal': [({ deal }) => moveDeal(deal, 'closed_won'), 'update deals'],
  'deals/moves.svelte#Moves': [moveTwice, 'create notes', 'update deals'],
  'deals/mutations#archiveDeal': [({ deal }) => deals.archiveDeal(deal, true), 'update deals'],
  'deals/mutations#cloneDeal': [({ deal }) => deals.cloneDeal(deal), 'create deals'],
  'deals/mutations#saveDeal': [() => deals.saveDeal({ ...dealDraft(), name: 'Juice' }), 'create deals'],
  'export/export-csv#exportCsv': [() => exportCsv('contacts', [], []), 'export contacts'],
  'first-steps/sample#addSample': [addSample, ...samples('create')],
  'first-steps/sample#removeSample': [
    async () => {
      await addSample();
      await removeSample();
    },
    ...samples('create'),
    ...samples('delete'),
  ],
  'import/import.svelte#contactImport': [
    importFile,
    'create contacts',
    'create import_batches',
    'import contacts',
  ],
  'import/run.svelte#ImportRun': [
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
  'import/undo#undoImport': [({ batch }) => undoImport(batch.id), 'update import_batches'],
  'import/write-rows#writeRows': [
    () => {
      const values = { first_name: 'Row' };
      const id = currentStore().newId();
      const edits: Edit[] = [{ op: 'insert', entity: 'contacts', id, values }];
      return writeRows(currentStore(), [{ row: 2, name: 'Row', edits }], false);
    },
    'create contacts',
  ],
  'maintenance/mutations#announceWindow': [
    () =>
      maintenance.announceWindow({
        ...{ starts: '2199-02-01T00:00', startsTurn: '', ends: '2199-02-01T01:00', endsTurn: '' },
        message: '',
      }),
    'maintenance maintenance_windows',
  ],
  'maintenance/mutations#cancelWindow': [
    ({ window }) => maintenance.cancelWindow(window),
    'maintenance maintenance_windows',
  ],
  'maintenance/mutations#closeWindow': [
    ({ window }) => maintenance.closeWindow(window),
    'maintenance maintenance_windows',
  ],
  'merge/mutations#merge': [
    ({ contact, twin }) => merge('contacts', contact, [twin.id], {}),
    'merge contacts',
  ],
  'notes/mutations#addNote': [
    ({ contact }) => notes.addNote({ contact_id: contact.id }, { kind: 'call', body: 'Hello' }),
    'create notes',
  ],
  'notes/mutations#changeNote': [
    ({ note }) => notes.changeNote(note, { kind: 'call', body: 'Called twice' }),
    'update notes',
  ],
  'notes/mutations#deleteNote': [({ note }) => notes.deleteNote(note.id), 'delete notes'],
  'notes/mutations#restoreNote': [
    async ({ note }) => {
      await notes.deleteNote(note.id);
      await notes.restoreNote(note.id);
    },
    'delete notes',
    'restore notes',
  ],
  'records/deleted#remove': [({ company }) => deleted.remove('companies', company.id), 'delete companies'],
  'records/deleted#restore': [
    async ({ deal }) => {
      await deleted.remove('deals', deal.id);
      await deleted.restore('deals', deal.id);
    },
    'delete deals',
    'restore deals',
  ],
  'saved-views/mutations#deleteView': [({ view }) => views.deleteView(view.id), 'delete saved_views'],
  'saved-views/mutations#restoreView': [
    async ({ view }) => {
      await views.deleteView(view.id);
      await views.restoreView(view.id);
    },
    'delete saved_views',
    'restore saved_views',
  ],
  'saved-views/mutations#saveView': [
    () => views.saveView('deals', 'Big ones', {} as never),
    'create saved_views',
  ],
  'search/record-search#recordSearch': [() => recordSearch('contacts'), 'search contacts'],
  'tasks/complete#toggleTask': [({ task }) => toggleTask(task, true), 'update tasks'],
  'tasks/follow-up#addFollowUp': [({ note }) => addFollowUp(note, '2030-01-01'), 'create tasks'],
  'tasks/mutations#deleteTask': [({ task }) => tasks.deleteTask(task.id), 'delete tasks'],
  'tasks/mutations#restoreTask': [
    async ({ task }) => {
      await tasks.deleteTask(task.id);
      await tasks.restoreTask(task.id);
    },
    'delete tasks',
    'restore tasks',
  ],
  'tasks/mutations#saveTask': [() => tasks.saveTask({ ...taskDraft(), title: 'Write' }), 'create tasks'],
  'tasks/mutations#setTaskDone': [({ task }) => tasks.setTaskDone(task.id, true), 'update tasks'],
  'team/invite#invite': [
    () => invite({ email: 'new@example.com', role: 'rep', full_name: null }),
    'invite invitations',
  ],
  'team/mutations#rename': [({ colleague }) => team.rename(colleague, 'Sam'), 'update members'],
  'team/mutations#setActive': [
    async ({ colleague }) => {
      await team.setActive(colleague, false);
      await team.setActive({ ...colleague, active: false }, true);
    },
    'deactivate members',
    'reactivate members',
  ],
  'team/mutations#setRole': [({ colleague }) => team.setRole(colleague, 'manager'), 'role_change members'],
  'team/reassign#reassign': [
    ({ me, colleague }) => reassign(colleague.id, me),
    'update companies',
    'update contacts',
  ],
  'vcard/export-vcards#exportVcards': [({ contact }) => exportVcards([contact.id]), 'export contacts'],
  'visits/record-visit#recordPrint': [({ contact }) => recordPrint(page, contact.id), 'print contacts'],
  'visits/record-visit#recordVisit': [({ contact }) => recordVisit(page, contact.id), 'view contacts'],
};
