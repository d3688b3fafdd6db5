/** The few drawings of the patient's page. Each stands beside a word and is hidden from readers. */

export function Beacon() {
  return (
    <svg class="beacon" viewBox="0 0 64 64" aria-hidden="true">
      <path class="beacon-tower" d="M26 25h12l4 29H22zM24 20h16v4H24zM32 7l8 9v4H24v-4z" />
      <path class="beacon-lamp" d="M42 16l17-6v14l-17-6zM22 16L5 10v14l17-6z" />
    </svg>
  );
}

export function Phone() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class="icon">
      <path d="M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1z" />
    </svg>
  );
}

export function Camera() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class="icon">
      <path d="M4 6h10a2 2 0 0 1 2 2v2.2l4.4-2.6a.4.4 0 0 1 .6.35v8.1a.4.4 0 0 1-.6.35L16 13.8V16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z" />
    </svg>
  );
}
