/** Fyr's sign: a lighthouse and the name. */

export function Lighthouse() {
  return (
    <span class="staff-sign">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M10 3h4l.6 4H9.4ZM9.2 8.2h5.6L17 21H7Z" />
        <path class="staff-sign-beam" d="M15.5 4.6 22 3v4.4l-6.2-1.2ZM8.5 4.6 2 3v4.4l6.2-1.2Z" />
      </svg>
      Fyr
    </span>
  );
}
