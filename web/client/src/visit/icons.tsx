/** The few pictures the visit's buttons carry beside their words. */

const PATHS = {
  microphone: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  camera: "M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Zm11 4 6-3v8l-6-3",
  share: "M3 5h18v11H3ZM8 20h8M12 13V8m0 0-2.5 2.5M12 8l2.5 2.5",
  devices: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  captions: "M3 5h18v13H3ZM6 11h4M12 11h6M6 14h7M15 14h3",
  chat: "M4 5h16v11H10l-4 4v-4H4ZM8 9h8M8 12h5",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M18 8v6M15 11h6",
  aside: "M3 5h18v13H3ZM12 11h7v5h-7Z",
  examine: "M9 3v6M12 3v6M15 3v6M7 9h10l-1 12H8ZM10 15h4",
  leave: "M3.5 14.5c5-5 12-5 17 0l-2 2.5-4-1.8v-2.4a9 9 0 0 0-5 0v2.4L5.5 17Z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, off = false }: { name: IconName; off?: boolean }) {
  return (
    <svg class="visit-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
      {off && <path d="M4 4 20 20" class="visit-icon-strike" />}
    </svg>
  );
}
