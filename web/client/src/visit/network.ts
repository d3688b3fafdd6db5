/** When the way to the others has become another: from Wi-Fi to a mobile network, or back from none. */

/** Calls `told` at each change; gives what ends that. Where a browser tells only that it is online again, that is all. */
export function onNetworkChange(told: () => void): () => void {
  const { connection } = navigator as Navigator & { connection?: EventTarget }; // Network Information API
  window.addEventListener("online", told);
  connection?.addEventListener("change", told);
  return () => {
    window.removeEventListener("online", told);
    connection?.removeEventListener("change", told);
  };
}
