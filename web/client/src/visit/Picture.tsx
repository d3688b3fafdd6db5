/** A moving picture of someone. Sound of the others comes with it; one's own is never played back. */
import { useEffect, useRef } from "preact/hooks";

export interface PictureProps {
  stream: MediaStream | null;
  label: string;
  own?: boolean;
}

export function Picture({ stream, label, own = false }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      class={own ? "visit-video visit-mirrored" : "visit-video"}
      data-testid={own ? "local-video" : "remote-video"}
      aria-label={label}
      autoplay
      playsInline
      muted={own}
    />
  );
}
