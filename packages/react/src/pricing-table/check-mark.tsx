/** Drawn, not a character, so that every font and script shows the same one. */
export function CheckMark() {
  return (
    <svg data-tollgate-part="check" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d="m3.5 8.5 3 3 6-7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
