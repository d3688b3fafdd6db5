/** Places in a text: the service counts code points, browsers count UTF-16 units. Pure, but for what is selected. */

export interface Place {
  start: number;
  end: number;
}

/** A place counted in units, counted in code points. */
export const inPoints = (text: string, { start, end }: Place): Place => ({
  start: [...text.slice(0, start)].length,
  end: [...text.slice(0, end)].length,
});

/** A place counted in code points, counted in units. */
export const inUnits = (text: string, { start, end }: Place): Place => {
  const points = [...text];
  return { start: points.slice(0, start).join("").length, end: points.slice(0, end).join("").length };
};

export const wordsAt = (text: string, { start, end }: Place): string => [...text].slice(start, end).join("");

/** What is selected of the text that an element shows, in code points; an empty place when nothing of it is. */
export function selectedIn(element: Element, text: string): Place {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || !element.contains(range.startContainer) || !element.contains(range.endContainer))
    return { start: 0, end: 0 };
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return inPoints(text, { start, end: Math.min(text.length, start + range.toString().length) });
}
