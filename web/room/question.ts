import { byId } from '../dom.ts';

/** Asks before an action that cannot be undone. Resolves to the answer. */
export function isSure(title: string, words: string): Promise<boolean> {
  const dialog = byId<HTMLDialogElement>('question');
  byId('question-title').textContent = `${title}?`;
  byId('question-words').textContent = words;
  byId('question-yes').textContent = title;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes');
  });
}
