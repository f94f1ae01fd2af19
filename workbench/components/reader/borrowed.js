// What the reader takes from the annotator, so that a mark is the same on both screens. Only
// component.js names the annotator's files: from the other files, which are served under an
// address of their own, the way there would be another one.

export let chosen;
export let element;
export let letters;
export let mark;
export let written;
export let count;
export let number;
export let inProject;

export function borrow(marks, text) {
  ({ chosen, element, letters, mark, written } = marks);
  ({ count, inProject, number } = text);
}
