/** One of the units or pages of a desk, to go to. */
interface PageChoiceProps {
  words: string;
  chosen: boolean;
  choose(): void;
}

export function PageChoice({ words, chosen, choose }: PageChoiceProps) {
  return (
    <button type="button" class="staff-quiet" aria-current={chosen ? "true" : undefined} onClick={choose}>
      {words}
    </button>
  );
}
