/**
 * A moving picture of someone, and the sound of the others with it; one's own is never played back. When the same person
 * comes another way (from peer to peer, then over the relay) what is shown stays until the new picture is there.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Sound } from "./Sound";

export interface PictureProps {
  stream: MediaStream | null;
  label: string;
  own?: boolean;
  /** 0 to 1, of the sound that comes with it; without it nothing is heard. */
  volume?: number;
  /** Nothing of it is cut off at the edges: hands that speak must be seen. */
  whole?: boolean;
}

/** A stream that brings no picture, since the camera is off, takes over after this long. */
const TAKE_OVER_MS = 2_000;

export function Picture({ stream, label, own = false, volume, whole = false }: PictureProps) {
  const [shown, setShown] = useState(stream);
  const coming = stream !== shown ? stream : null;
  useEffect(() => {
    if (!coming || !shown) {
      setShown(stream);
      return;
    }
    const timer = setTimeout(() => setShown(coming), TAKE_OVER_MS);
    return () => clearTimeout(timer);
  }, [stream, coming, shown]);
  return (
    <>
      <Playing key={shown?.id ?? "none"} stream={shown} label={label} own={own} whole={whole} />
      {coming && shown && <Playing key={coming.id} stream={coming} label="" coming plays={() => setShown(coming)} />}
      {volume !== undefined && <Sound stream={shown} volume={volume} />}
    </>
  );
}

interface PlayingProps extends Omit<PictureProps, "volume"> {
  /** Not seen yet: its first picture is waited for. */
  coming?: boolean;
  plays?(): void;
}

function Playing({ stream, label, own = false, whole = false, coming = false, plays }: PlayingProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  const kind = coming ? "visit-coming" : own ? "visit-mirrored" : "";
  return (
    <video
      ref={video}
      class={`visit-video ${kind}`}
      data-whole={whole}
      data-testid={coming ? undefined : own ? "local-video" : "remote-video"}
      aria-label={label}
      aria-hidden={coming}
      onLoadedData={plays}
      autoplay
      playsInline
      muted
    />
  );
}
