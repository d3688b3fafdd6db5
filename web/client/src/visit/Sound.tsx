/**
 * What is heard of someone, apart from their picture: a browser keeps an element with a picture silent until its first
 * frame, which never comes from who has no camera or whose picture is held back, and may stop one that is unmuted.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../base/words";

export interface SoundProps {
  stream: MediaStream | null;
  /** 0 to 1. */
  volume: number;
}

export function Sound({ stream, volume }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [blocked, setBlocked] = useState(false);
  const play = () =>
    void audio.current?.play().then(
      () => setBlocked(false),
      (error: DOMException) => setBlocked(error.name === "NotAllowedError"), // else another stream has come between
    );
  useEffect(() => {
    if (!audio.current) return;
    audio.current.srcObject = stream;
    if (stream) play();
  }, [stream]);
  useEffect(() => {
    if (audio.current) audio.current.volume = volume; // iOS leaves it at 1
  }, [volume]);
  useEffect(() => {
    if (!blocked) return;
    document.addEventListener("click", play);
    return () => document.removeEventListener("click", play);
  }, [blocked]);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a conversation as it is spoken */}
      <audio ref={audio} data-testid="remote-sound" autoplay />
      {blocked && (
        <button type="button" class="ds-button visit-hear" onClick={play}>
          {t("visit.hear")}
        </button>
      )}
    </>
  );
}
